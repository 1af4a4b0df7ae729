import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSecretKeys } from "./secret-keys.ts";

describe("readSecretKeys", () => {
  const folder = mkdtempSync(join(tmpdir(), "keys-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    writeFileSync(join(folder, "keys"), text);
    return readSecretKeys({ folder, setting: "HMAC_SECRET_NAME", secret: "keys" });
  };

  it.each([
    ["without a line end", "one key"],
    ["with a line end", "one key\n"],
    ["with CRLF", "one key\r\n"],
    ["with blank lines after it", "one key\n\n\r\n"],
  ])("reads a single key %s", async (_, text) => {
    expect(await read(text)).toEqual({ current: "one key", accepted: ["one key"] });
  });

  it("keeps white space within a line", async () => {
    expect((await read(" a key\twith spaces \n")).accepted).toEqual([" a key\twith spaces "]);
  });

  it.each([
    ["LF", "new\nold\n"],
    ["CRLF", "new\r\nold\r\n"],
    ["CR", "new\rold\r"],
    ["blank lines", "\n\nnew\n \t\n\nold\n\n"],
  ])("signs with the first key and accepts all: %s", async (_, text) => {
    const { current, accepted } = await read(text);
    expect(current).toBe("new");
    expect(accepted.slice(0, 2)).toEqual(["new", "old"]);
  });

  it("accepts the whole text of several lines, like version 0.1.0", async () => {
    expect((await read("first line\nsecond line\n")).accepted).toContain("first line\nsecond line");
  });

  it("does not accept single lines of a PEM key, because the first one is public", async () => {
    const lines = ["-----BEGIN PRIVATE KEY-----", "bm90IGEga2V5", "-----END PRIVATE KEY-----"];
    for (const end of ["\n", "\r\n"]) {
      const text = lines.join(end);
      expect(await read(`${text}${end}`)).toEqual({ current: text, accepted: [text] });
    }
  });

  it("refuses more than eight keys", async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `key-${index}\n`).join("");
    expect((await read(lines(8))).accepted).toHaveLength(9);
    await expect(read(lines(9))).rejects.toMatchObject({
      code: "config_invalid",
      message: 'HMAC_SECRET_NAME names the secret "keys" with 9 keys; at most 8',
    });
  });

  it.each(["", "\n\r\n"])("refuses a file without a key: %j", async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: "secret_missing" });
  });
});
