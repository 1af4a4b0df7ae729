import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/repo.ts";

const text = readFileSync(join(root, "SECURITY.md"), "utf8");
/** A row of a table: the promise (empty: that of the row above), the file, the title of the test. */
const row = /^\| [^|]*\| \[([^\]]+)\]\(([^)]+)\) +\| ([^|]+?) +\|$/gm;
const tests = [...text.matchAll(row)].map(([, shown = "", file = "", title = ""]) => ({
  shown,
  file,
  title,
}));
const headings = [...text.matchAll(/^\| promise /gm)];
const rules = [...text.matchAll(/^\| -+ \| -+ \| -+ \|$/gm)];

describe("SECURITY.md", () => {
  it("has a test for every promise", () => {
    const rows = text.split("\n").filter((line) => line.startsWith("|"));
    expect(tests.length).toBeGreaterThan(30);
    expect(rows).toHaveLength(tests.length + headings.length + rules.length);
  });

  it.each(tests)("names an existing test: $title", ({ shown, file, title }) => {
    expect(shown).toBe(file);
    expect(readFileSync(join(root, file), "utf8")).toContain(title);
  });
});
