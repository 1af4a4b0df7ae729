import { OptionError, readOptions } from "./options.ts";

describe("readOptions", () => {
  it("has defaults that fit deploy/", () => {
    expect(readOptions([])).toEqual({ out: ".secrets", signers: 3, help: false });
    expect(readOptions(["--out", "x", "--signers", "5"])).toEqual({ out: "x", signers: 5, help: false });
  });

  it.each([["--signers", "0"], ["--signers", "100"], ["--signers", "3.5"], ["--out="], ["--force"], ["x"]])(
    "refuses %s %s",
    (...args) => {
      expect(() => readOptions(args)).toThrow(OptionError);
    },
  );
});
