import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withFunctionToken } from "./function-token.ts";

describe("withFunctionToken", () => {
  const folder = mkdtempSync(join(tmpdir(), "function-token-"));
  const file = join(folder, "token");
  afterAll(() => rmSync(folder, { recursive: true }));

  it("makes the Authorization header of the file's token", async () => {
    writeFileSync(file, " s3cret\n");
    expect(await withFunctionToken({ A: "b" }, { FUNCTION_TOKEN_FILE: file })).toEqual({
      A: "b",
      FUNCTION_AUTHORIZATION: "Bearer s3cret",
    });
  });

  it("takes the first token of several", async () => {
    writeFileSync(file, "\r\n new \r\n\r\nold\r\n");
    const { FUNCTION_AUTHORIZATION } = await withFunctionToken({}, { FUNCTION_TOKEN_FILE: file });
    expect(FUNCTION_AUTHORIZATION).toBe("Bearer new");
  });

  it("leaves the environment as it is without a file", async () => {
    expect(await withFunctionToken({ A: "b" }, {})).toEqual({ A: "b" });
  });

  it.each(["", "\n", "two words", "tökên"])(
    "refuses a file with %j, and does not repeat it",
    async (text) => {
      writeFileSync(file, text);
      await expect(withFunctionToken({}, { FUNCTION_TOKEN_FILE: file })).rejects.toThrow(
        /^FUNCTION_TOKEN_FILE names a file without a token: one word in ASCII$/,
      );
    },
  );

  it("says that there is no such file", async () => {
    await expect(withFunctionToken({}, { FUNCTION_TOKEN_FILE: join(folder, "none") })).rejects.toThrow(
      "FUNCTION_TOKEN_FILE names a file that cannot be read (ENOENT)",
    );
  });
});
