import { UsageError } from "@platform/cli/command";
import { documentsCommand, readOptions } from "./options.ts";

const read = (...args: string[]) => readOptions(documentsCommand.parse(args));

it("selects documents by their ids, or by the author with or without the @", () => {
  expect(read("delete", "--id", "1", "--id", "at://did:plc:x/app.bsky.feed.post/3")).toEqual({
    selection: { ids: ["1", "at://did:plc:x/app.bsky.feed.post/3"] },
    isDryRun: false,
  });
  expect(read("delete", "--author", "@Ada", "--dry-run")).toEqual({
    selection: { author: "Ada" },
    isDryRun: true,
  });
});

it.each([
  [[], /the command must be delete, not ""/],
  [["list"], /the command must be delete, not "list"/],
  [["delete"], /exactly one of --id and --author is required/],
  [["delete", "--id", "1", "--author", "ada"], /exactly one of --id and --author/],
  [["delete", "--id", "1", "2"], /unexpected argument "2"; repeat --id for each id/],
  [["delete", "--author", "@"], /--author needs a handle/],
  [["delete", "--author"], /--author needs a value/],
  [["delete", "--authors", "ada"], /did you mean --author/],
])("refuses %j", (args, message) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(message);
});
