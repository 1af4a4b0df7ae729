import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../test/support/process/command.ts";
import { platformVersion, root } from "../test/support/repo.ts";
import { outdatedFiles, releaseChangelog } from "./versioned-files.mjs";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const [, importersBlock = ""] = /^importers:\n(.+?)^packages:/ms.exec(read("pnpm-lock.yaml")) ?? [];
const importers = [...importersBlock.matchAll(/^ {2}(\S+):$/gm)].map(([, folder]) => folder!);

describe("the version", () => {
  it("is the same in each file that repeats it (npm run version -- X.Y.Z)", () => {
    expect(outdatedFiles(root, platformVersion).map(({ file }) => file)).toEqual([]);
  });

  it("is in the root's package.json and in that of the only published package, textblob", () => {
    const versions = importers.map((folder) => [folder, JSON.parse(read(folder, "package.json")).version]);
    expect(versions.filter(([, version]) => version !== undefined)).toEqual([
      [".", platformVersion],
      ["packages/textblob", platformVersion],
    ]);
  });

  it("has a section in the changelog", () => {
    expect(read("CHANGELOG.md")).toContain(`\n## [${platformVersion}] - `);
  });
});

describe("npm run version", () => {
  it.each([[[]], [["next"]], [["0.2"]], [["0.2.0", "0.3.0"]]])(
    "exits with 2 and an example for %j",
    async (args) => {
      const { code, stderr } = await run(process.execPath, [join(__dirname, "version.mjs"), ...args]);
      expect([code, stderr]).toEqual([2, expect.stringContaining("npm run version -- 0.2.0")]);
    },
  );

  it("updates each file that repeats the version", () => {
    const files = outdatedFiles(root, "9.8.7").map(({ file, text }) => [file, text.includes("9.8.7")]);
    expect(files).toContainEqual(["stack.yml", true]);
    expect(files.every(([, updated]) => updated)).toBe(true);
  });

  it("opens a new Unreleased section above the released one", () => {
    const released = releaseChangelog(
      "# Changelog\n\n## [Unreleased]\n\n- A change\n",
      "0.2.0",
      "2026-12-24",
    );
    expect(released).toBe("# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-24\n\n- A change\n");
    expect(releaseChangelog(released, "0.2.0", "2026-12-25")).toBe(released);
  });
});
