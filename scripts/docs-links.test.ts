import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readPages } from "../test/support/docs/read-commands.ts";
import { root } from "../test/support/repo.ts";

const withoutCode = (text: string) => text.replaceAll(/^ *```.*?^ *```/gms, "").replaceAll(/`[^`\n]*`/g, "");

/** Returns GitHub's anchors for the headings of a page. */
function listAnchors(page: string): string[] {
  return [...readFileSync(page, "utf8").matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

const pages = readPages();

it("finds the pages", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/README.md"]));
});

it.each(pages)("%s links to files and headings that exist", (page) => {
  const text = withoutCode(readFileSync(join(root, page), "utf8"));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  const broken = links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(root, page) : join(root, dirname(page), decodeURIComponent(path));
    if (!existsSync(target)) return true;
    return anchor !== undefined && target.endsWith(".md") && !listAnchors(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});
