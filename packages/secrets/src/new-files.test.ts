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

  const groups = (...paths: string[][]) => paths.map((group) => group.map((path) => ({ path, text: "new" })));

  it("writes files with mode 600", async () => {
    await writeNewFiles(folder, [[{ path: "a/b.txt", text: "secret" }]]);
    expect(await readFile(join(folder, "a/b.txt"), "utf8")).toBe("secret");
    expect((await stat(join(folder, "a/b.txt"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o700);
  });

  it("writes only groups without an existing file", async () => {
    await writeFile(join(folder, "one.txt"), "old");
    const written = await writeNewFiles(folder, groups(["one.txt"], ["two.txt", "three.txt"]));
    expect(written.map(({ path }) => path)).toEqual(["two.txt", "three.txt"]);
    expect(await readFile(join(folder, "one.txt"), "utf8")).toBe("old");
    expect(await readFile(join(folder, "three.txt"), "utf8")).toBe("new");
  });

  it("throws when all files exist", async () => {
    await writeFile(join(folder, "one.txt"), "old");
    await expect(writeNewFiles(folder, groups(["one.txt"]))).rejects.toThrow("all files exist");
    expect(await readFile(join(folder, "one.txt"), "utf8")).toBe("old");
  });

  it("writes nothing when a group exists in part, and lists its files", async () => {
    await writeFile(join(folder, "two.txt"), "old");
    await expect(writeNewFiles(folder, groups(["zero.txt"], ["one.txt", "two.txt"]))).rejects.toThrow(
      "never overwritten: two.txt",
    );
    await expect(stat(join(folder, "zero.txt"))).rejects.toThrow("ENOENT");
    await expect(stat(join(folder, "one.txt"))).rejects.toThrow("ENOENT");
    expect(await readFile(join(folder, "two.txt"), "utf8")).toBe("old");
  });
});
