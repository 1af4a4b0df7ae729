import { defineCommand, UsageError } from "@platform/cli/command";
import { secretsCommand } from "./command.mjs";
import { readOptions } from "./options.ts";

const read = (args: string[]) => readOptions(defineCommand(secretsCommand).parse(args).values);

describe("readOptions", () => {
  it("has defaults that match deploy/", () => {
    expect(read([])).toEqual({ out: ".secrets", signers: 3 });
    expect(read(["--out", "x", "--signers", "5"])).toEqual({ out: "x", signers: 5 });
  });

  it.each([["--signers", "0"], ["--signers", "100"], ["--signers", "3.5"], ["--out="], ["--force"], ["x"]])(
    "refuses %s %s",
    (...args) => {
      expect(() => read(args)).toThrow(UsageError);
    },
  );
});
