import { UsageError } from "@platform/cli/command";
import { PlatformError } from "../errors/platform-error.ts";
import { ConfigError } from "../errors/server-errors.ts";
import { exitWithError } from "./exit-with-error.ts";

const failure = (cause?: Error) =>
  new PlatformError({ status: 503, code: "peer_unavailable", detail: "Kafka is unavailable.", cause });
const unexpected = new TypeError("x is undefined");

it.each([
  [
    "the command line's error with code 2",
    new UsageError("unknown option --x"),
    2,
    ["npm run x: unknown option --x"],
  ],
  [
    "each problem of the settings",
    new ConfigError(["A is missing", "B is wrong"]),
    1,
    ["npm run x: A is missing", "npm run x: B is wrong"],
  ],
  ["an expected error", failure(), 1, ["npm run x: Kafka is unavailable."]],
  [
    "the first line of its cause",
    failure(new Error("refused\nmore")),
    1,
    ["npm run x: Kafka is unavailable. (refused)"],
  ],
  [
    "a cause in the message only once",
    failure(new Error("unavailable.")),
    1,
    ["npm run x: Kafka is unavailable."],
  ],
  ["an unexpected error with its stack trace", unexpected, 1, [unexpected]],
])("prints %s", (_name, error, code, lines) => {
  const print = jest.spyOn(console, "error").mockReturnValue();
  const exit = jest.spyOn(process, "exit").mockImplementation((exitCode) => {
    throw new Error(`exit ${exitCode}`);
  });
  try {
    expect(() => exitWithError({ name: "npm run x" }, error)).toThrow(`exit ${code}`);
    expect(print.mock.calls).toEqual(lines.map((line) => [line]));
  } finally {
    print.mockRestore();
    exit.mockRestore();
  }
});
