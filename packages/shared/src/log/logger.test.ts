import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { pino } from "pino";
import { bufferedDestination } from "./buffered-destination.ts";

/** A program that logs a line and an error, in a folder from which no package can be found. */
const folder = mkdtempSync(join(tmpdir(), "logger-"));
const program = join(folder, "program.cjs");
buildSync({
  stdin: {
    contents: `
      import { createLogger } from "./logger.ts";
      const log = createLogger("word-count", "info");
      log.info({ words: 3 }, "counted");
      log.error({ error: { name: "CountError", message: "m", stack: "CountError: m\\n    at count (f.ts:1:2)" } }, "failed");
    `,
    resolveDir: __dirname,
  },
  bundle: true,
  platform: "node",
  outfile: program,
});
afterAll(() => rmSync(folder, { recursive: true }));

const installed = resolve(__dirname, "../../../../node_modules");

function run(
  env: Record<string, string>,
  [command, ...args]: readonly string[] = [process.execPath, program],
) {
  const { stdout, stderr, status } = spawnSync(command!, args, {
    encoding: "utf8",
    env: { PATH: process.env.PATH, NODE_PATH: installed, ...env },
  });
  expect(status).toBe(0);
  return stdout + stderr;
}

function expectJson(output: string): void {
  const lines = output.trim().split(/\r?\n/);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: "info",
      name: "word-count",
      words: 3,
      msg: "counted",
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    },
    { level: "error", msg: "failed", error: { name: "CountError" } },
  ]);
}

const colourStart = "\u001b";

it("writes JSON lines to a pipe", () => {
  expectJson(run({}));
  expectJson(run({ LOG_FORMAT: "json" }));
});

it("writes readable lines to a pipe with LOG_FORMAT=pretty, without colour", () => {
  const output = run({ LOG_FORMAT: "pretty" });
  expect(output).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: word-count: counted \{"words":3\}$/m);
  expect(output).toMatch(/^\[.*\] ERROR: word-count: failed ?$/m);
  expect(output).toMatch(/^ +at count \(f\.ts:1:2\)$/m);
  expect(output).not.toContain(colourStart);
});

it("writes JSON without pino-pretty, whatever LOG_FORMAT is", () => {
  expectJson(run({ LOG_FORMAT: "pretty", NODE_PATH: "" }));
});

it.each([
  ["process.exit", "process.exit(0);", 0],
  ["an uncaught error", 'throw new Error("unexpected");', 1],
])("writes every line before %s ends the process", (_what, end, status) => {
  const { stderr, ...ended } = spawnSync(
    process.execPath,
    ["-e", `require(${JSON.stringify(program)}); ${end}`],
    {
      encoding: "utf8",
    },
  );
  expect(ended.status).toBe(status);
  expect(stderr.split("\n").filter((line) => line.startsWith("{"))).toHaveLength(2);
});

describe("bufferedDestination", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function startDestination() {
    const writes: string[] = [];
    const destination = bufferedDestination({ write: (lines) => void writes.push(lines) });
    const write = (line: string, level: number) => {
      destination.lastLevel = level;
      destination.write(line);
    };
    return { writes, write };
  }
  const [info, error] = [30, 50];

  it("writes the lines of 10 ms together, in their order", () => {
    const { writes, write } = startDestination();
    write("a\n", info);
    jest.advanceTimersByTime(9);
    write("b\n", info);
    expect(writes).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(writes).toEqual(["a\nb\n"]);
    write("c\n", info);
    jest.advanceTimersByTime(10);
    expect(writes).toEqual(["a\nb\n", "c\n"]);
  });

  it("writes an error at once, with the lines before it", () => {
    const { writes, write } = startDestination();
    write("a\n", info);
    write("b\n", error);
    expect(writes).toEqual(["a\nb\n"]);
    jest.advanceTimersByTime(10);
    expect(writes).toHaveLength(1);
  });

  it("writes early when there is much to write", () => {
    const { writes, write } = startDestination();
    write("x".repeat(65_536), info);
    expect(writes).toHaveLength(1);
  });

  it("gets the level of each line from pino", () => {
    const writes: string[] = [];
    const log = pino({}, bufferedDestination({ write: (lines) => void writes.push(lines) }));
    log.info("a");
    expect(writes).toHaveLength(0);
    log.warn("b");
    expect(writes).toHaveLength(1);
  });
});

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");
(hasScript ? describe : describe.skip)("on a terminal (needs util-linux's script)", () => {
  const onTerminal = (env: Record<string, string>) =>
    run(env, ["script", "-qec", `'${process.execPath}' '${program}'`, "/dev/null"]);

  it("writes readable lines, with colour unless NO_COLOR is set", () => {
    const coloured = onTerminal({});
    expect(coloured).toContain("word-count: counted");
    expect(coloured).toContain(`${colourStart}[`);
    const plain = onTerminal({ NO_COLOR: "1" });
    expect(plain).toContain("INFO: word-count: counted");
    expect(plain).not.toContain(colourStart);
  });

  it("writes JSON with LOG_FORMAT=json", () => {
    expectJson(onTerminal({ LOG_FORMAT: "json" }));
  });
});
