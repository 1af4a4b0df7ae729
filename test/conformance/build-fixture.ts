import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../support/repo.ts";

/** Bundles a fixture in the same way as the functions, and returns the folder with its handler.js. */
export function buildFixture(name: "answers" | "contract" | "mirror" | "traps"): string {
  const folder = join(mkdtempSync(join(tmpdir(), "fixture-")), name);
  mkdirSync(folder);
  bundleHandler(join(__dirname, "fixtures", `${name}.ts`), join(folder, "handler.js"));
  return folder;
}

/** Bundles a handler in the same way as the functions. */
export function bundleHandler(entry: string, outfile: string): void {
  const options = { entryPoints: [entry], outfile, target: "node18" };
  // In a separate process, because Jest does not load the build script, an ES module.
  const script = `
    import { bundle } from ${JSON.stringify(pathToFileURL(join(root, "scripts", "bundle.mjs")))};
    await bundle(${JSON.stringify(options)});
  `;
  execFileSync(process.execPath, ["--input-type=module", "--eval", script]);
}
