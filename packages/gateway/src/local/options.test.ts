import { UsageError } from "@platform/cli/command";
import { ConfigError } from "@platform/shared/errors/server-errors";
import { localSettings } from "./config.ts";
import { readOptions, startCommand } from "./options.ts";

const read = (args: string[], env: Record<string, string>) =>
  readOptions(startCommand.parse(args).values, env, "/repo");

describe("readOptions", () => {
  it("has defaults", () => {
    expect(read([], {})).toEqual({
      host: "127.0.0.1",
      port: 8080,
      stack: "/repo/stack.yml",
      dataFolder: "/repo/.data",
      posts: true,
      secrets: "/repo/.secrets",
      callbackHosts: [],
      config: expect.objectContaining({ SECRETS_DIR: "/repo/.secrets", KAFKA_TLS: false }),
    });
  });

  it("prefers arguments to the environment", () => {
    const env = { PORT: "9001", HOST: "0.0.0.0", POSTS: "true", CALLBACK_HOSTS: "A.example, b.example," };
    expect(read(["--port", "9000", "--stack=/x.yml", "--no-posts"], env)).toMatchObject({
      host: "0.0.0.0",
      port: 9000,
      stack: "/x.yml",
      posts: false,
      callbackHosts: ["a.example", "b.example"],
    });
  });

  it.each([
    [["--prot", "1"], "unknown option --prot; did you mean --port? (npm start -- --help lists the options)"],
    [["--port", "http"], "--port must be a whole number from 0 to 65535"],
    [["extra"], 'unexpected argument "extra" (npm start -- --help lists the options)'],
  ])("refuses %j as a usage error", (args, message) => {
    expect(() => read(args, {})).toThrow(new UsageError(message));
  });

  it("refuses a variable as a problem of the settings", () => {
    expect(() => read([], { PORT: "65536", POSTS: "no" })).toThrow(
      new ConfigError(["PORT must be a whole number from 0 to 65535", "POSTS must be true or false"]),
    );
  });
});

it("lists every setting in its help", () => {
  for (const name of Object.keys(localSettings)) expect(startCommand.help()).toContain(name);
});
