import { UsageError } from "@platform/cli/command";
import { deadLettersCommand, readOptions } from "./options.ts";

const now = Date.parse("2026-11-29T12:00:00Z");
const read = (...args: string[]) => readOptions(deadLettersCommand.parse(args), now);

it("reads filters, with defaults for other options", () => {
  expect(
    read(
      "list",
      "--topic",
      "twitter",
      "--function",
      "f",
      "--code",
      "bad",
      "--since",
      "90m",
      "--until",
      "2026-11-29",
    ),
  ).toEqual({
    action: "list",
    selection: {
      topic: "twitter",
      from: undefined,
      functionName: "f",
      code: "bad",
      since: Date.parse("2026-11-29T10:30:00Z"),
      until: Date.parse("2026-11-29T00:00:00Z"),
      letters: undefined,
    },
    isJson: false,
    isDryRun: false,
    maxReplays: 3,
    batchSize: 500,
    allowIncomplete: false,
    to: undefined,
    address: undefined,
  });
  expect(read("list", "--via", "127.0.0.1:9092").address).toEqual({ host: "127.0.0.1", port: 9092 });
  expect(read("show", "--letter", "a.dead-letter/0/12", "--letter", "b/1/0").selection.letters).toEqual([
    { topic: "a.dead-letter", partition: 0, offset: 12 },
    { topic: "b", partition: 1, offset: 0 },
  ]);
});

it.each([
  [[], /the command must be list, show, replay or discard, not ""/],
  [["delete"], /not "delete"/],
  [["list", "twitter"], /unexpected argument "twitter"/],
  [["replay"], /replay needs a filter such as --topic, or --all/],
  [["discard", "--dry-run"], /discard needs a filter/],
  [["replay", "--all", "--code", "bad"], /--all excludes the filters/],
  [["show", "--letter", "twitter"], /--letter must be topic\/partition\/offset, not "twitter"/],
  [["show", "--letter", "a/0/1", "--from", "a"], /--letter has the topic/],
  [["list", "--since", "yesterday"], /--since must be a time such as .*, not "yesterday"/],
  [["list", "--until", "2026-13-01"], /--until must be a time/],
  [["replay", "--all", "--max-replays", "0"], /--max-replays must be a whole number above 0, not "0"/],
  [["replay", "--all", "--batch-size", "x"], /--batch-size must be a whole number/],
  [["list", "--via", "localhost"], /--via must be HOST:PORT, not "localhost"/],
  [["list", "--topics", "a"], /did you mean --topic/],
])("refuses %j", (args, message) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(message);
});
