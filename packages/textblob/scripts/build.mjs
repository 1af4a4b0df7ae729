// Builds the published files: dist/index.js (ESM), dist/index.cjs, and declarations for both.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

rmSync(dist, { recursive: true, force: true });
for (const [format, outfile] of /** @type {const} */ ([
  ["esm", "index.js"],
  ["cjs", "index.cjs"],
])) {
  await build({
    entryPoints: [join(root, "src/index.ts")],
    outfile: join(dist, outfile),
    bundle: true,
    format,
    target: ["node18", "es2022"],
    // No Node.js modules, because the library also runs in browsers.
    platform: "neutral",
    minify: true,
    charset: "utf8",
  });
}

const draft = mkdtempSync(join(root, ".types-"));
try {
  const config = join(draft, "tsconfig.json");
  const options = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: draft,
    rootDir: join(root, "src"),
  };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: options,
      include: [join(root, "src/index.ts")],
    }),
  );
  execFileSync(join(root, "../../node_modules/.bin/tsc"), ["-p", config], { stdio: "inherit" });
  copyTypes(draft, "index", new Set());
} finally {
  rmSync(draft, { recursive: true, force: true });
}

/**
 * Copies a declaration and its imports, once for import and once for require, because each module kind must import its own
 * kind.
 *
 * @param {string} from
 * @param {string} name
 * @param {Set<string>} seen
 */
function copyTypes(from, name, seen) {
  if (seen.has(name)) return;
  seen.add(name);
  const text = readFileSync(join(from, `${name}.d.ts`), "utf8");
  for (const [, imported] of text.matchAll(/from "\.\/([\w-]+)\.ts"/g)) copyTypes(from, imported, seen);
  for (const kind of ["", "c"]) {
    const rewritten = text.replace(/(from "\.\/[\w-]+)\.ts"/g, `$1.${kind}js"`);
    writeFileSync(join(dist, `${name}.d.${kind}ts`), rewritten);
  }
}
