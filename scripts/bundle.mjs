import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { requireWritable, root } from "./install.mjs";

/**
 * What every bundle has in common: one CommonJS file with all that it needs, and its source map beside it.
 *
 * Identifiers keep their names, so stack traces name functions and `new.target.name` is the class's name. esbuild's
 * `keepNames` would do the same for minified identifiers, but it defines a property for each closure that is created:
 * about 10 % of a call's processor time.
 */
const bundleOptions = {
  bundle: true,
  format: /** @type {const} */ ("cjs"),
  platform: /** @type {const} */ ("node"),
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: /** @type {const} */ ("linked"),
  sourcesContent: false,
  legalComments: /** @type {const} */ ("eof"),
  logLevel: /** @type {const} */ ("warning"),
  // Has a native part, which stays where it is installed: only npm start uses it.
  external: ["libsql"],
  // The package sentiment looks for further languages in a folder of its own that it does not ship.
  logOverride: { "empty-glob": /** @type {const} */ ("silent") },
  // For packages/shared/src/build-info.ts.
  define: {
    "process.env.BUILD_VERSION": JSON.stringify(readVersion()),
    "process.env.BUILD_COMMIT": JSON.stringify(readCommit()),
  },
};

function readVersion() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

/** The first twelve digits of the commit, of SOURCE_COMMIT or else of git; "unknown" outside a checkout. */
function readCommit() {
  return (process.env.SOURCE_COMMIT || commitOfCheckout() || "unknown").slice(0, 12);
}

function commitOfCheckout() {
  try {
    const head = execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    });
    return head.trim();
  } catch {
    return "";
  }
}

/**
 * esbuild's options for a function: functions/<name>/src/handler.ts → dist/handler.js.
 *
 * @param {string} folder the function's
 * @param {{ readable?: boolean }} [options] whether white space and statements stay as they are, for a debugger
 */
export function functionOptions(folder, { readable = false } = {}) {
  return {
    ...bundleOptions,
    minifyWhitespace: !readable,
    minifySyntax: !readable,
    entryPoints: [join(folder, "src", "handler.ts")],
    outfile: join(folder, "dist", "handler.js"),
    target: "node18",
  };
}

/**
 * Bundles what the options name.
 *
 * @param {import("esbuild").BuildOptions} options in addition to bundleOptions
 */
export async function bundle(options) {
  const esbuild = await import("esbuild");
  const { outputFiles = [] } = await esbuild.build({ ...bundleOptions, ...options, write: false });
  await writeOutputs(outputFiles);
}

/**
 * Writes a build's files; source maps first, because a process that loads a bundle may read its map at once.
 *
 * @param {readonly import("esbuild").OutputFile[]} files
 * @returns {Promise<boolean>} whether a file has changed
 */
export async function writeOutputs(files) {
  const maps = files.filter(({ path }) => path.endsWith(".map"));
  const others = files.filter((file) => !maps.includes(file));
  const written = [
    ...(await Promise.all(
      maps.map(({ path, text }) => writeWhole(path, Buffer.from(withRepoPaths(text, path)))),
    )),
    ...(await Promise.all(others.map(({ path, contents }) => writeWhole(path, contents)))),
  ];
  return written.includes(true);
}

/**
 * A source map whose sources are paths from the repo's folder and whose `sourceRoot` leads there: so it is right in the
 * repo, and in an image, which has no repo, it still names functions/<name>/src/<file>.ts.
 *
 * @param {string} text
 * @param {string} file
 */
function withRepoPaths(text, file) {
  const folder = dirname(file);
  const map = JSON.parse(text);
  const toRepoPath = (/** @type {string} */ source) => posix(relative(root, resolve(folder, source)));
  return JSON.stringify({
    ...map,
    sourceRoot: `${posix(relative(folder, root))}/`,
    sources: map.sources.map(toRepoPath),
  });
}

/** @param {string} path */
function posix(path) {
  return path.replaceAll(sep, "/");
}

/** @param {string} folder the function's */
function buildErrorFile(folder) {
  return join(folder, "dist", "build-error.txt");
}

/** Keeps the error of a function's build, which the local gateway answers calls with. @param {string} folder @param {string} text */
export async function writeBuildError(folder, text) {
  await writeWhole(buildErrorFile(folder), Buffer.from(text));
}

/**
 * Writes the package.json of a function's dist, after a build without an error. The image build runs `npm i` and `npm test` there, which faas-cli has
 * made its owner's alone: the pod's user (OpenFaaS's setNonRootUser, deploy/components/functions) is another.
 *
 * @param {string} folder the function's
 */
export async function writeFunctionManifest(folder) {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const manifest = {
    name: basename(folder),
    version,
    private: true,
    main: "handler.js",
    scripts: { test: "chmod -R a+rX . && node -e \"require('./handler.js')\"" },
  };
  await rm(buildErrorFile(folder), { force: true });
  await writeWhole(
    join(folder, "dist", "package.json"),
    Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  );
}

/**
 * Writes a file whole, and only when it changes: a process may be loading it.
 *
 * @param {string} path
 * @param {Uint8Array} contents
 * @returns {Promise<boolean>} whether it has changed
 */
export async function writeWhole(path, contents) {
  const current = await readFile(path).catch(() => undefined);
  if (current?.equals(contents)) return false;
  requireWritable(path);
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, path);
  return true;
}
