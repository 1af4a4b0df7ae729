import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The main file of the library. */
export const textblobSource = fileURLToPath(new URL("../packages/textblob/src/index.ts", import.meta.url));

/** Builds @platform/textblob as published, one minified file, in a folder. Returns its path. */
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
