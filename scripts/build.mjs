import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { examplesOfStack, functionNames } from "./functions.mjs";
import { fail, install, root } from "./install.mjs";

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
 * The packages that are programs, each with the files of src/ that are one. The target is the oldest Node.js that runs
 * them: services run on 24 in their images and on the developer's in tests; the gateway's template-host runs functions
 * on 18.
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
  "bootnode-registrar": { entries: { main: "main", "bootnode-server": "bootnode-server" }, target: "node20" },
  ethstats: { entries: { main: "main" }, target: "node20" },
  "kafka-connector": { entries: { main: "main" }, target: "node20" },
  nifi: { entries: { main: "main" }, target: "node20" },
  secrets: { entries: { main: "main" }, target: "node20" },
};

/**
 * Bundles functions (functions/<name>/dist: handler.js and a package.json without dependencies, all that
 * faas-cli takes) and programs (packages/<name>/dist: a .cjs file each, and public/ where there is one: its style sheets with
 * what they import, its other files as they are, and the script and style sheet of ui/).
 * @param {readonly string[]} [names] functions and programs; everything when it is left out
 */
export async function build(names) {
  const all = [...Object.keys(programs), ...functionNames()];
  const unknown = names?.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new Error(`there is nothing to build by the name ${unknown}; there are ${all.join(", ")}`);
  }
  await Promise.all(
    (names ?? all).map((name) => (name in programs ? buildProgram(name) : buildFunction(name))),
  );
}

/** @param {string} name */
async function buildFunction(name) {
  const folder = join(root, "functions", name);
  const dist = join(folder, "dist");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
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
  const isStyle = (/** @type {string} */ file) => file.endsWith(".css");
  for (const file of files.filter((file) => !isStyle(file)))
    await put(join(folder, "dist", "public", file), await readFile(join(folder, "public", file)));
  const entryPoints = files.filter(isStyle).map((file) => join(folder, "public", file));
  if (existsSync(join(folder, "ui")))
    entryPoints.push(...["page.ts", "style.css"].map((file) => join(folder, "ui", file)));
  if (entryPoints.length > 0) {
    await bundle({
      entryPoints,
      outdir: join(folder, "dist", "public"),
      platform: "browser",
      format: "esm",
      target: "es2022",
    });
    const examples = JSON.stringify(await examplesOfStack());
    await put(join(folder, "dist", "public", "examples.json"), Buffer.from(examples));
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
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { operands: names } = readCommandLine({
    name: "npm run build",
    summary: "Bundles the named functions and programs into their dist/ folders, or all of them.",
    operands: "[NAME…]",
    options: {},
  });
  install();
  await build(names.length === 0 ? undefined : names).catch((/** @type {Error} */ error) =>
    fail(error.message),
  );
}
