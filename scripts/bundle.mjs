import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { requireWritable, root } from "./install.mjs";

/**
 * The common options of all bundles: one self-contained CommonJS file with a source map beside it.
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
  // Has a native module, which cannot be bundled; only npm start uses it.
  external: ["libsql"],
  // The package sentiment globs a languages folder that it does not ship.
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

/** The first twelve digits of the commit, from SOURCE_COMMIT, else from git; "unknown" outside a checkout. */
function readCommit() {
  return (process.env.SOURCE_COMMIT || readCheckoutCommit() || "unknown").slice(0, 12);
}

function readCheckoutCommit() {
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
 * Returns esbuild's options for a function: functions/<name>/src/handler.ts → dist/handler.js.
 *
 * @param {string} folder the folder of the function
 * @param {{ readable?: boolean }} [options] `readable` keeps white space and statements, for a debugger
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
 * Returns esbuild's options for OpenTelemetry's SDK: a separate file beside a bundle, loaded only if tracing is on
 * (packages/shared/src/telemetry/start-tracing.ts). With the ES modules of its packages, tree shaking removes three quarters.
 *
 * @param {string} outfile
 * @param {string} target
 */
export function telemetryOptions(outfile, target) {
  return {
    entryPoints: [join(root, "packages", "shared", "src", "telemetry", "sdk.ts")],
    outfile,
    target,
    mainFields: ["module", "main"],
  };
}

/**
 * Bundles with esbuild, and writes changed files.
 *
 * @param {import("esbuild").BuildOptions} options in addition to bundleOptions
 */
export async function bundle(options) {
  const esbuild = await import("esbuild");
  const { outputFiles = [] } = await esbuild.build({ ...bundleOptions, ...options, write: false });
  await writeOutputs(outputFiles);
}

/**
 * Writes the files of a build; source maps first, because a process that loads a bundle may read its map immediately.
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
 * Makes the sources of a source map relative to the repo, with `sourceRoot` as the path to it. So the map is correct in the
 * repo, and in an image it still names functions/<name>/src/<file>.ts.
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

/** @param {string} folder the folder of the function */
function buildErrorFile(folder) {
  return join(folder, "dist", "build-error.txt");
}

/** Stores the build error of a function, which the local gateway returns to callers. @param {string} folder @param {string} text */
export async function writeBuildError(folder, text) {
  await writeWhole(buildErrorFile(folder), Buffer.from(text));
}

/**
 * Writes the package.json of a function's dist after a successful build. The image build runs `npm i` and `npm test` there.
 * The test script makes the files readable for the pod's user (OpenFaaS's setNonRootUser, deploy/components/functions),
 * because faas-cli restricts them to their owner.
 *
 * @param {string} folder the folder of the function
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
 * Replaces a file atomically, and only when it changes, because a process may be loading it.
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
