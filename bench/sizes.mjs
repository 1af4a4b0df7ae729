// Compares the size of a function's bundle with an installation of its dependencies and those of packages/shared, including
// tests and types.

import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { comparison } from "./comparison.mjs";
import { functionCalls } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [
  { key: "plain", title: "bundle size", unit: "kB", less: true },
  { key: "gzipped", title: "bundle size, gzipped", unit: "kB", less: true },
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ log, signal }) {
  const { bundleFolder, root } = await loadServices();
  // Sizes are constant; two rounds show this as a spread of 0.
  const compare = comparison({ rounds: 2, warmUp: false, log, signal });
  for (const { name: of } of functionCalls) {
    const bundle = join(bundleFolder(of), "handler.js");
    const sources = () => [...installed(join(root, "functions", of))].flatMap(listFiles);
    const contenders = [
      { title: of, measure: async () => measureSizes([bundle]) },
      { title: "what an installation would bring", measure: async () => measureSizes(sources()) },
    ];
    yield* await compare(`of ${of}`, undefined, contenders, metrics);
  }
}

/** The sizes of files in kilobytes. */
function measureSizes(/** @type {string[]} */ files) {
  const contents = files.map((file) => readFileSync(file));
  const sum = (/** @type {Buffer[]} */ parts) =>
    parts.reduce((bytes, part) => bytes + part.length, 0) / 1_000;
  return { plain: sum(contents), gzipped: sum(contents.map((content) => gzipSync(content))) };
}

/** Lists the folders of all dependencies of a package, except for packages of this repository. */
function installed(
  /** @type {string} */ folder,
  folders = /** @type {Set<string>} */ (new Set()),
  seen = new Set([folder]),
) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const path = realpathSync(resolvePackage(folder, name));
    if (seen.has(path)) continue;
    seen.add(path);
    if (path.includes("node_modules")) folders.add(path);
    installed(path, folders, seen);
  }
  return folders;
}

/** Resolves a dependency: below the package or beside it. */
function resolvePackage(/** @type {string} */ folder, /** @type {string} */ name) {
  for (let parent = folder; parent !== dirname(parent); parent = dirname(parent)) {
    const path = join(parent, "node_modules", name);
    if (statSync(path, { throwIfNoEntry: false })) return path;
  }
  throw new Error(`${folder} has no ${name}`);
}

/** @returns {string[]} */
function listFiles(/** @type {string} */ folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}
