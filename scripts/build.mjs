import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import {
  bundle,
  functionOptions,
  telemetryOptions,
  writeBuildError,
  writeFunctionManifest,
  writeWhole,
} from "./bundle.mjs";
import { functionNames, readStackExamples } from "./functions.mjs";
import { fail, install, root } from "./install.mjs";
import { openApi } from "./openapi.mjs";

/**
 * The programs by package, each with its entry files in src/. `examples` adds the examples of the functions to public/,
 * `servesOpenApi` adds openapi.json, and `traces` adds telemetry.cjs. The target is the oldest Node.js that runs the
 * program: services run on 24 in their images and on the developer's version in tests; the gateway's template-host runs
 * functions on 18.
 * @type {Readonly<Record<string, { entries: Readonly<Record<string, string>>, target: string, examples?: true, servesOpenApi?: true, traces?: true }>>}
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
    examples: true,
    servesOpenApi: true,
    traces: true,
  },
  "bootnode-registrar": { entries: { main: "main", "bootnode-server": "bootnode-server" }, target: "node20" },
  ethstats: { entries: { main: "main" }, target: "node20" },
  "kafka-connector": {
    // The connector's image also has the programs of Kubernetes Jobs.
    entries: {
      main: "main",
      "dead-letters": "../../dead-letters/src/main",
      "allow-clients": "../../topics/src/allow-clients",
    },
    target: "node20",
    traces: true,
  },
  cluster: { entries: { main: "main" }, target: "node20" },
  "dead-letters": { entries: { main: "main" }, target: "node20" },
  documents: { entries: { main: "main" }, target: "node20" },
  feeds: { entries: { main: "main" }, target: "node20" },
  monitoring: { entries: { main: "main" }, target: "node20" },
  nifi: { entries: { main: "main" }, target: "node20" },
  "proof-of-stake": { entries: { genesis: "genesis", peers: "peers" }, target: "node20" },
  secrets: { entries: { main: "main" }, target: "node20" },
  topics: { entries: { main: "main" }, target: "node20" },
};

/**
 * Like tryBuild, but exits the process when a function does not build.
 * @param {readonly string[]} [names] functions and programs; all by default
 * @param {string} [inspected] the function to build for a debugger
 */
export async function build(names, inspected) {
  const failed = await tryBuild(names, inspected);
  if (failed.length > 0) fail(describeFailedBuilds(failed));
}

/** @param {readonly string[]} functions */
export function describeFailedBuilds(functions) {
  return `Functions that do not build: ${functions.join(", ")}. Their errors are printed above.`;
}

/**
 * Bundles functions and programs.
 * - A function gets functions/<name>/dist: handler.js and telemetry.js, their source maps, and a package.json without
 *   dependencies, for faas-cli. If it does not build, its error is in dist/build-error.txt, and the others still build.
 * - A program gets packages/<name>/dist: a .cjs file per entry, and public/ if it exists: style sheets with their imports,
 *   other files unchanged, and the script and style sheet of ui/.
 * @param {readonly string[]} [names] functions and programs; all by default
 * @param {string} [inspected] the function to build for a debugger
 * @returns the functions that do not build; esbuild has printed their errors
 */
export async function tryBuild(names, inspected) {
  const all = [...Object.keys(programs), ...functionNames()];
  const unknown = names?.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new Error(`unknown function or program ${unknown}; available: ${all.join(", ")}`);
  }
  const failed = await Promise.all(
    (names ?? all).map(async (name) => {
      if (name in programs) await buildProgram(name);
      else if (!(await tryBuildFunction(name, name === inspected))) return name;
      return undefined;
    }),
  );
  return failed.filter((name) => name !== undefined);
}

/** Whether a function builds. @param {string} name @param {boolean} readable */
async function tryBuildFunction(name, readable) {
  try {
    await buildFunction(name, readable);
    return true;
  } catch (error) {
    const { errors, message } = /** @type {import("esbuild").BuildFailure} */ (error);
    if (errors === undefined) throw error;
    const { formatMessages } = await import("esbuild");
    const lines = await formatMessages(errors, { kind: "error" });
    await writeBuildError(join(root, "functions", name), lines.join("\n").trim() || message);
    return false;
  }
}

/** @param {string} name @param {boolean} readable */
async function buildFunction(name, readable) {
  const folder = join(root, "functions", name);
  const options = functionOptions(folder, { readable });
  await Promise.all([
    bundle(options),
    bundle(telemetryOptions(join(folder, "dist", "telemetry.js"), options.target)),
  ]);
  await writeFunctionManifest(folder);
}

/** @param {string} name */
async function buildProgram(name) {
  const folder = join(root, "packages", name);
  const { entries, target, examples, servesOpenApi, traces } = /** @type {(typeof programs)[string]} */ (
    programs[name]
  );
  await bundle({
    entryPoints: Object.entries(entries).map(([out, source]) => ({
      in: join(folder, "src", `${source}.ts`),
      out,
    })),
    outdir: join(folder, "dist"),
    outExtension: { ".js": ".cjs" },
    target,
  });
  if (traces) await bundle(telemetryOptions(join(folder, "dist", "telemetry.cjs"), target));
  const files = await readdir(join(folder, "public")).catch(() => []);
  const isStyle = (/** @type {string} */ file) => file.endsWith(".css");
  for (const file of files.filter((candidate) => !isStyle(candidate)))
    await writeWhole(join(folder, "dist", "public", file), await readFile(join(folder, "public", file)));
  const entryPoints = [
    ...files.filter(isStyle).map((file) => join(folder, "public", file)),
    ...["page.ts", "page.tsx", "theme.ts", "style.css"]
      .map((file) => join(folder, "ui", file))
      .filter((file) => existsSync(file)),
  ];
  if (entryPoints.length > 0) {
    await bundle({
      entryPoints,
      outdir: join(folder, "dist", "public"),
      platform: "browser",
      minify: true,
      sourcemap: false,
      format: "esm",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
    });
  }
  if (examples) {
    const json = JSON.stringify(await readStackExamples());
    await writeWhole(join(folder, "dist", "public", "examples.json"), Buffer.from(json));
  }
  if (servesOpenApi) {
    const json = JSON.stringify(await openApi());
    await writeWhole(join(folder, "dist", "public", "openapi.json"), Buffer.from(json));
  }
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
