import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, requireWritable, root } from "./install.mjs";

/** What every bundle has in common: one CommonJS file with all that it needs. */
const common = {
  bundle: true,
  format: /** @type {const} */ ("cjs"),
  platform: /** @type {const} */ ("node"),
  minify: true,
  legalComments: /** @type {const} */ ("eof"),
  logLevel: /** @type {const} */ ("warning"),
  // Has a native part, which stays where it is installed: only npm start uses it.
  external: ["libsql"],
  // The package sentiment looks for further languages in a folder of its own that it does not ship.
  logOverride: { "empty-glob": /** @type {const} */ ("silent") },
};

/**
 * The packages that are programs, each with the files of src/ that are one. nifi and secrets run on the developer's
 * Node.js, the services in images, the gateway on both.
 * @type {Readonly<Record<string, { entries: Readonly<Record<string, string>>, target: string }>>}
 */
const programs = {
  gateway: {
    entries: {
      main: "local/main",
      "template-host": "local/template-host",
      "cluster-main": "cluster/main",
      handler: "commands/handler",
      manifests: "commands/manifests",
    },
    target: "node18",
  },
  "bootnode-registrar": { entries: { main: "main", "bootnode-server": "bootnode-server" }, target: "node18" },
  ethstats: { entries: { main: "main" }, target: "node18" },
  "kafka-connector": { entries: { main: "main" }, target: "node18" },
  nifi: { entries: { main: "main" }, target: "node20" },
  secrets: { entries: { main: "main" }, target: "node20" },
};

/**
 * Does as tryBuild, and ends the process when a function does not build.
 * @param {readonly string[]} [names] functions and programs; everything when it is left out
 */
export async function build(names) {
  const failed = await tryBuild(names);
  if (failed.length > 0) fail(doesNotBuild(failed));
}

/** @param {readonly string[]} functions */
export function doesNotBuild(functions) {
  return `Functions that do not build: ${functions.join(", ")}. Their errors are printed above.`;
}

/**
 * Bundles functions (functions/<name>/dist: handler.js and a package.json without dependencies, all that
 * faas-cli takes) and programs (packages/<name>/dist: a .cjs file each, and public/ where there is one: files as they are,
 * and the script and style sheet of ui/).
 * A function that does not build keeps its error in dist/build-error.txt, and stops nothing else.
 * @param {readonly string[]} [names] functions and programs; everything when it is left out
 * @returns the functions that do not build; esbuild has printed why
 */
export async function tryBuild(names) {
  const functions = (await readdir(join(root, "functions"))).filter(isPackage);
  const all = [...Object.keys(programs), ...functions];
  const unknown = names?.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new Error(`there is nothing to build by the name ${unknown}; there are ${all.join(", ")}`);
  }
  const failed = await Promise.all(
    (names ?? all).map(async (name) => {
      if (name in programs) await buildProgram(name);
      else if (!(await tryBuildFunction(name))) return name;
      return undefined;
    }),
  );
  return failed.filter((name) => name !== undefined);
}

/** A folder without a package.json is what git leaves of another branch. @param {string} name */
function isPackage(name) {
  return existsSync(join(root, "functions", name, "package.json"));
}

/** Whether it builds. @param {string} name */
async function tryBuildFunction(name) {
  const file = join(root, "functions", name, "dist", "build-error.txt");
  try {
    await buildFunction(name);
    await rm(file, { force: true });
    return true;
  } catch (error) {
    const { errors, message } = /** @type {import("esbuild").BuildFailure} */ (error);
    if (errors === undefined) throw error;
    const { formatMessages } = await import("esbuild");
    const lines = await formatMessages(errors, { kind: "error" });
    await put(file, Buffer.from(lines.join("\n").trim() || message));
    return false;
  }
}

/** @param {string} name */
async function buildFunction(name) {
  const folder = join(root, "functions", name);
  const dist = join(folder, "dist");
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  await bundle({
    entryPoints: [join(folder, "src", "handler.ts")],
    outfile: join(dist, "handler.js"),
    target: "node18",
  });
  // The image build runs `npm i` and `npm test` in this folder, which faas-cli has made its owner's alone: the pod's user
  // (OpenFaaS's setNonRootUser, deploy/components/functions) is another.
  const manifest = {
    name,
    version,
    private: true,
    main: "handler.js",
    scripts: { test: "chmod -R a+rX . && node -e \"require('./handler.js')\"" },
  };
  await put(join(dist, "package.json"), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}

/** @param {string} name */
async function buildProgram(name) {
  const folder = join(root, "packages", name);
  const { entries, target } = /** @type {(typeof programs)[string]} */ (programs[name]);
  await bundle({
    entryPoints: Object.entries(entries).map(([out, source]) => ({
      in: join(folder, "src", `${source}.ts`),
      out,
    })),
    outdir: join(folder, "dist"),
    outExtension: { ".js": ".cjs" },
    target,
  });
  const files = await readdir(join(folder, "public")).catch(() => []);
  for (const file of files)
    await put(join(folder, "dist", "public", file), await readFile(join(folder, "public", file)));
  if (existsSync(join(folder, "ui"))) {
    await bundle({
      entryPoints: ["page.ts", "style.css"].map((file) => join(folder, "ui", file)),
      outdir: join(folder, "dist", "public"),
      platform: "browser",
      format: "esm",
      target: "es2022",
    });
  }
}

/** @param {import("esbuild").BuildOptions} options */
async function bundle(options) {
  const esbuild = await import("esbuild");
  const { outputFiles = [] } = await esbuild.build({ ...common, ...options, write: false });
  await Promise.all(outputFiles.map(({ path, contents }) => put(path, contents)));
}

/**
 * Writes a file whole, and only when it changes: a process may be loading it.
 * @param {string} path
 * @param {Uint8Array} contents
 */
async function put(path, contents) {
  const current = await readFile(path).catch(() => undefined);
  if (current?.equals(contents)) return;
  requireWritable(path);
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  await build(names.length === 0 ? undefined : names).catch((/** @type {Error} */ error) =>
    fail(error.message),
  );
}
