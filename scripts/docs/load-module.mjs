import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../install.mjs";

/**
 * Bundles TypeScript with esbuild and loads it; paths are relative to the repo.
 *
 * @param {readonly string[]} lines TypeScript
 * @returns {Promise<any>} its exports
 */
export async function loadModule(lines) {
  const { build } = await import("esbuild");
  const folder = mkdtempSync(join(tmpdir(), "docs-"));
  try {
    const outfile = join(folder, "module.cjs");
    await build({
      stdin: { contents: lines.join("\n"), resolveDir: root, loader: "ts" },
      outfile,
      bundle: true,
      format: "cjs",
      platform: "node",
      logLevel: "silent",
    });
    return createRequire(outfile)(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
