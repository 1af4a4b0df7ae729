import { UsageError } from "@platform/cli/command";
import { readOptions, topicsCommand } from "./options.ts";

const read = (...args: string[]) => readOptions(topicsCommand.parse(args));

it("reads the arguments of back-up, restore and compare", () => {
  expect(read("back-up", "twitter", "blocks", "--to", "f")).toEqual({
    command: "back-up",
    topics: ["twitter", "blocks"],
    folder: "f",
  });
  expect(read("restore", "f")).toEqual({
    command: "restore",
    topics: [],
    folder: "f",
    restore: { as: undefined, append: false, groups: true },
  });
  expect(read("compare", "f", "--topic", "a", "--as", "b")).toMatchObject({ topics: ["a"], as: "b" });
});

it("sets no offsets of groups with --as, --append or --no-groups", () => {
  const groups = (...args: string[]) => read("restore", "f", ...args);
  for (const args of [["--topic", "a", "--as", "b"], ["--append"], ["--no-groups"]])
    expect(groups(...args)).toMatchObject({ restore: { groups: false } });
});

it.each([
  [[], /must be back-up, restore or compare, not ""/],
  [["backup", "a"], /not "backup"/],
  [["back-up", "--to", "f"], /needs the names of topics/],
  [["back-up", "a"], /needs a folder: --to FOLDER/],
  [["back-up", "a", "--to", "f", "--append"], /--append does not belong to back-up/],
  [["restore"], /restore needs the folder/],
  [["restore", "f", "twitter"], /name topics with --topic/],
  [["restore", "f", "--as", "b"], /--as needs one topic/],
  [["compare", "f", "--append"], /belong to restore/],
])("refuses %j", (args, message) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(message);
});
