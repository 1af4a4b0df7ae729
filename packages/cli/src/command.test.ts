import { defineCommand, toVariables, UsageError } from "./command.mjs";

const command = defineCommand({
  name: "npm start",
  summary: "Runs the functions.",
  operands: "[NAME…]",
  options: {
    port: {
      type: "string",
      short: "p",
      value: "N",
      description: "the port",
      fallback: "8080",
      variable: "PORT",
    },
    "no-posts": { type: "boolean", description: "no invented posts" },
    only: { type: "string", multiple: true, description: "one benchmark" },
  },
  sections: [{ heading: "Settings", rows: [["LOG_LEVEL", "the lowest level that is logged"]] }],
  exitCodes: { 1: "a function did not start" },
});

describe("help", () => {
  it("lists options, settings and exit codes in one layout", () => {
    expect(command.help()).toBe(`Usage: npm start -- [NAME…] [options]

Runs the functions.

Options:
  -p, --port N      the port (default 8080; also PORT)
      --no-posts    no invented posts
      --only VALUE  one benchmark
  -h, --help        print this text and exit

Settings:
  LOG_LEVEL  the lowest level that is logged

Exit codes:
  0  success
  1  a function did not start
  2  the command line is wrong
`);
  });
});

it("wraps long explanations under their column and keeps words whole", () => {
  const wide = defineCommand({
    name: "tool",
    invocation: "node tool.cjs",
    summary: "Does it.\nWell.",
    options: {},
    sections: [{ heading: "Settings", rows: [["A", `${"word ".repeat(30)}${"x".repeat(120)}`]] }],
  });
  expect(wide.help()).toContain("Usage: node tool.cjs [options]\n\nDoes it. Well.\n");
  expect(wide.help()).toContain(`Settings:
  A  ${"word ".repeat(21).trim()}
     ${"word ".repeat(9).trim()}
     ${"x".repeat(120)}
`);
});

describe("a command that passes options through", () => {
  const test = defineCommand({
    name: "npm test",
    summary: "Tests.",
    operands: "[STAGE…]",
    passThrough: "jest",
    options: { seed: { type: "string", value: "N", description: "the seed" } },
  });

  it("returns all arguments but its own options as operands, in order", () => {
    const args = ["unit", "--seed", "7", "--watch", "-t", "a title", "--json=x", "--", "-h"];
    expect(test.parse(args)).toEqual({
      values: expect.objectContaining({ seed: "7" }),
      operands: ["unit", "--watch", "-t", "a title", "--json=x", "--", "-h"],
      help: false,
    });
  });

  it("has its own help, with the name of the other program", () => {
    expect(test.parse(["--watch", "--help"]).help).toBe(true);
    expect(test.help()).toContain("Usage: npm test -- [STAGE…] [options] [options of jest]\n");
    expect(test.help()).toContain("\n  All other options go to jest.\n");
  });
});

it("maps options to their variables", () => {
  const { options } = defineCommand({
    name: "tool",
    summary: "Does it.",
    options: {
      port: { type: "string", variable: "PORT", description: "the port" },
      "no-posts": { type: "boolean", variable: "POSTS", sets: "false", description: "no posts" },
      quiet: { type: "boolean", variable: "QUIET", description: "no output" },
      only: { type: "string", description: "has no variable" },
    },
  });
  expect(toVariables(options, { port: "9000", "no-posts": true, only: "x" })).toEqual({
    PORT: "9000",
    POSTS: "false",
  });
});

describe("parse", () => {
  it("returns the values of the options, the operands and whether help was requested", () => {
    expect(command.parse(["-p", "9000", "a", "--only=x", "--only", "y"])).toEqual({
      values: { port: "9000", only: ["x", "y"] },
      operands: ["a"],
      help: false,
    });
    expect(command.parse(["--help", "--port", "1"]).help).toBe(true);
  });

  it.each([
    [["--prot", "1"], "unknown option --prot; did you mean --port? (npm start -- --help lists the options)"],
    [
      ["--nopost"],
      "unknown option --nopost; did you mean --no-posts? (npm start -- --help lists the options)",
    ],
    [["--colour"], "unknown option --colour (npm start -- --help lists the options)"],
    [["-x"], "unknown option -x (npm start -- --help lists the options)"],
    [["--port"], "--port needs a value: --port N"],
    [["--no-posts=1"], "--no-posts takes no value"],
  ])("refuses %j", (args, message) => {
    expect(() => command.parse(args)).toThrow(new UsageError(message));
  });

  it("refuses operands for a command without operands", () => {
    const bare = defineCommand({ name: "tool", summary: "Does it.", options: {} });
    expect(() => bare.parse(["x"])).toThrow('unexpected argument "x" (tool --help lists the options)');
  });

  it.each([
    [[], { npm_config_port: "9000" }, "--port 9000"],
    [["9000"], { npm_config_port: "true" }, "--port 9000"],
    [[], { npm_config_port: "true" }, "--port N"],
    [[], { npm_config_posts: "" }, "--no-posts"],
  ])("explains an option that npm took as its own: %j with %j", (args, env, typed) => {
    expect(() => command.parse(args, env)).toThrow(
      `npm took ${typed} as its own option; put two hyphens before it: npm start -- ${typed}`,
    );
  });
});
