import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles and loads the starters of services.ts.
 *
 * @returns {Promise<typeof import("./services.ts")>}
 */
export async function loadServices() {
  const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
  const outfile = here("dist/services.cjs");
  const entryPoints = [here("services.ts")];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
  return createRequire(import.meta.url)(outfile);
}
