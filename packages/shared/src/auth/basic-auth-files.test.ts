import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBasicAuthFiles } from "./basic-auth-files.ts";

describe("readBasicAuthFiles", () => {
  const folder = mkdtempSync(join(tmpdir(), "basic-auth-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("reports the missing file", async () => {
    writeFileSync(join(folder, "basic-auth-user"), "admin\n");
    await expect(readBasicAuthFiles(folder)).rejects.toThrow(
      'BASIC_AUTH_DIR names the secret "basic-auth-password", which is missing or empty.',
    );
  });

  it("returns user and password without the white space around them", async () => {
    writeFileSync(join(folder, "basic-auth-password"), " hunter 2 \r\n");
    expect(await readBasicAuthFiles(folder)).toEqual({ username: "admin", password: "hunter 2" });
  });

  it("refuses a password of only white space", async () => {
    writeFileSync(join(folder, "basic-auth-password"), " \t\n");
    await expect(readBasicAuthFiles(folder)).rejects.toMatchObject({ code: "secret_missing" });
  });
});
