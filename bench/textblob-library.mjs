import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The library's main file. */
export const textblobSource = fileURLToPath(new URL("../packages/textblob/src/index.ts", import.meta.url));

/** Puts @platform/textblob into a folder as a user gets it, one minified file, and gives its path. */
export async function buildTextblob(/** @type {string} */ folder) {
  const outfile = join(folder, "textblob.mjs");
  await build({
    entryPoints: [textblobSource],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "node18",
  });
  return outfile;
}
