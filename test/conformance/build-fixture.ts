import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../support/repo.ts";

/** Bundles a fixture as the functions are bundled; the folder it is in then has its handler.js. */
export function buildFixture(name: "answers" | "contract" | "mirror" | "traps"): string {
  const folder = join(mkdtempSync(join(tmpdir(), "fixture-")), name);
  mkdirSync(folder);
  bundleHandler(join(__dirname, "fixtures", `${name}.ts`), join(folder, "handler.js"));
  return folder;
}

/** Bundles a handler as the functions are bundled. */
export function bundleHandler(entry: string, outfile: string): void {
  const options = { entryPoints: [entry], outfile, target: "node18" };
  // In a process of its own: the build script is an ES module, which Jest does not load.
  const script = `
    import { bundle } from ${JSON.stringify(pathToFileURL(join(root, "scripts", "bundle.mjs")))};
    await bundle(${JSON.stringify(options)});
  `;
  execFileSync(process.execPath, ["--input-type=module", "--eval", script]);
}
