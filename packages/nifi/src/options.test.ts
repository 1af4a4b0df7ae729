import { UsageError } from "@platform/cli/command";
import { commands, nifiCommand, readOptions } from "./options.ts";

const read = (...args: string[]) => readOptions(nifiCommand.parse(args), "/repo");

it("accepts the name of a flow or the path of a file; defaults to the sentiment flow", () => {
  expect(read("deploy")).toEqual({
    command: "deploy",
    files: ["/repo/deploy/base/nifi/twitter-sentiment.flow.json"],
    timeout: 120_000,
  });
  expect(read("export", "tweet-enrich", "my/own.flow.json").files).toEqual([
    "/repo/deploy/base/nifi/tweet-enrich.flow.json",
    "/repo/my/own.flow.json",
  ]);
});

it("reads the timeout in seconds", () => {
  expect(read("start", "--timeout", "7").timeout).toBe(7_000);
});

it.each([
  [[], /the command must be one of deploy, .*, not ""/],
  [["rain"], /not "rain"/],
  [["status", "--timeout", "0"], /--timeout must be a whole number of seconds above 0, not "0"/],
  [["status", "two words"], /FLOW must be a name/],
  [["status", "--loud"], /--help lists the options/],
])("refuses %j", (args, message) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(message);
});

it("lists all commands in the help", () => {
  expect(nifiCommand.parse(["--help"]).help).toBe(true);
  for (const command of commands) expect(nifiCommand.help()).toContain(`\n  ${command} `);
});
