import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../repo.ts";

/** Reads the source files of a function on a page: TypeScript blocks below a line that ends with the file, such as "Write `src/x.ts`:". */
export function readSourceBlocks(page: string): Record<string, string> {
  const text = readFileSync(join(root, page), "utf8");
  const blocks = [...text.matchAll(/`(src\/[\w./-]+)`[^`\n]*:\n\n```ts\n([\s\S]*?)^```/gm)];
  return Object.fromEntries(blocks.map(([, path, source]) => [path!, source!]));
}
