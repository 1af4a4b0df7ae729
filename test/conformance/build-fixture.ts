import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Bundles a fixture as the functions are bundled; the folder it is in then has its handler.js. */
export function buildFixture(name: "contract" | "mirror" | "traps"): string {
  const folder = join(mkdtempSync(join(tmpdir(), "fixture-")), name);
  mkdirSync(folder);
  buildSync({
    entryPoints: [join(__dirname, "fixtures", `${name}.ts`)],
    outfile: join(folder, "handler.js"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node18",
    logLevel: "error",
  });
  return folder;
}
