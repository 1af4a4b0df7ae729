import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeNewFiles } from "./new-files.ts";

describe("writeNewFiles", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "new-files-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("writes files that only their owner can read", async () => {
    await writeNewFiles(folder, [{ path: "a/b.txt", text: "secret" }]);
    expect(await readFile(join(folder, "a/b.txt"), "utf8")).toBe("secret");
    expect((await stat(join(folder, "a/b.txt"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o700);
  });

  it("writes nothing when one of them is there, and names it", async () => {
    await writeFile(join(folder, "two.txt"), "old");
    const files = ["one.txt", "two.txt"].map((path) => ({ path, text: "new" }));
    await expect(writeNewFiles(folder, files)).rejects.toThrow("never overwritten: two.txt");
    await expect(stat(join(folder, "one.txt"))).rejects.toThrow("ENOENT");
    expect(await readFile(join(folder, "two.txt"), "utf8")).toBe("old");
  });
});
