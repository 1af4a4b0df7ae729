import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withFunctionToken } from "./function-token.ts";

describe("withFunctionToken", () => {
  const folder = mkdtempSync(join(tmpdir(), "function-token-"));
  const file = join(folder, "token");
  afterAll(() => rmSync(folder, { recursive: true }));

  it("creates the Authorization header from the token in the file", async () => {
    writeFileSync(file, " s3cret\n");
    expect(await withFunctionToken({ A: "b" }, { FUNCTION_TOKEN_FILE: file })).toEqual({
      A: "b",
      FUNCTION_AUTHORIZATION: "Bearer s3cret",
    });
  });

  it("uses the first of several tokens", async () => {
    writeFileSync(file, "\r\n new \r\n\r\nold\r\n");
    const { FUNCTION_AUTHORIZATION } = await withFunctionToken({}, { FUNCTION_TOKEN_FILE: file });
    expect(FUNCTION_AUTHORIZATION).toBe("Bearer new");
  });

  it("does not change the environment without a file", async () => {
    expect(await withFunctionToken({ A: "b" }, {})).toEqual({ A: "b" });
  });

  it.each(["", "\n", "two words", "tökên"])("refuses a file with %j without quoting it", async (text) => {
    writeFileSync(file, text);
    await expect(withFunctionToken({}, { FUNCTION_TOKEN_FILE: file })).rejects.toThrow(
      /^FUNCTION_TOKEN_FILE: the file must start with a token, which is one word in ASCII$/,
    );
  });

  it("reports a missing file", async () => {
    await expect(withFunctionToken({}, { FUNCTION_TOKEN_FILE: join(folder, "none") })).rejects.toThrow(
      "FUNCTION_TOKEN_FILE: the file cannot be read (ENOENT)",
    );
  });
});
