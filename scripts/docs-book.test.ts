import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPages } from "../test/support/docs/read-commands.ts";
import { root } from "../test/support/repo.ts";

const name =
  'the book on Kubernetes data platforms, chapters 9 "routing and transformation" and 10 "platforming blockchain"';

/** Reads a page as one line in lower case, without headings. */
function readText(page: string): string {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/^#+ .*$/gm, "");
  return text.replaceAll(/\s+/g, " ").toLowerCase();
}

const pages = [...readPages(), "NOTICE"].filter((page) => /\bthe book\b/.test(readText(page)));

it("finds the pages", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "NOTICE"]));
});

it.each(pages)("%s names the book at its first mention, and only there", (page) => {
  const text = readText(page);
  const named = name.toLowerCase();
  expect(text.indexOf(named)).toBe(text.search(/\bthe book\b/));
  expect(text.split("kubernetes data platforms")).toHaveLength(2);
});
