import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { fail, install, requireWritable, root, run } from "./install.mjs";
import { functionFiles, stackEntry } from "./new-function/files.mjs";
import { undoOnExit } from "./new-function/undo.mjs";

const command = {
  name: "npm run new",
  summary: `Creates a working function with a test, settings, errors, examples and a README, and adds it to stack.yml, to
the Kubernetes manifests and to the lockfile.`,
  operands: "NAME",
  options: {
    method: {
      type: /** @type {const} */ ("string"),
      value: "METHOD",
      description: "HTTP method of the function, GET or POST",
      fallback: "POST",
    },
    topic: {
      type: /** @type {const} */ ("string"),
      value: "TOPIC",
      description: "Kafka topics whose messages trigger the function, separated by commas",
    },
    "allow-dirty": {
      type: /** @type {const} */ ("boolean"),
      description: "allow changes to files with uncommitted changes",
    },
  },
  exitCodes: { 1: "the function could not be created; all changes are undone" },
};

/** The files changed by every new function. */
const changed = [
  "stack.yml",
  "stack.auth.yml",
  "pnpm-lock.yaml",
  "deploy/README.md",
  "docs/reference/settings.md",
  "deploy/components/functions/functions.yaml",
  "deploy/components/images/kustomization.yaml",
  "deploy/images.txt",
];

/** @typedef {{ name: string, method: "GET" | "POST", topic: string | undefined, allowDirty: boolean }} NewFunction */

/** @returns {NewFunction} */
function readArguments() {
  const { values, operands } = readCommandLine(command);
  const [name, ...more] = operands;
  const { method = "POST", topic, "allow-dirty": allowDirty = false } = values;
  if (name === undefined || more.length > 0) throw new UsageError("give one NAME, such as word-count");
  if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new UsageError(
      `"${name}" cannot be the name of a Kubernetes Service: use 1 to 63 lower-case letters, digits and hyphens, a letter first`,
    );
  }
  if (method !== "GET" && method !== "POST") throw new UsageError(`--method is GET or POST, not "${method}"`);
  if (topic !== undefined && !/^[\w.-]{1,249}(,[\w.-]{1,249})*$/.test(topic)) {
    throw new UsageError(`"${topic}" cannot be the name of a Kafka topic`);
  }
  if (topic !== undefined && method === "GET") {
    throw new UsageError("messages of a topic are sent by POST; omit --method GET");
  }
  return { name, method, topic, allowDirty };
}

/** @param {NewFunction} options */
function requireFreeName({ name }) {
  const taken = new Set([
    ...["functions", "packages", "deploy/base"].flatMap((folder) => readdirSync(join(root, folder))),
    ...[...readFileSync(join(root, "stack.yml"), "utf8").matchAll(/^ {2}([-\w]+):$/gm)].map(([, key]) => key),
  ]);
  if (taken.has(name)) throw new UsageError(`"${name}" is taken by another part of the platform`);
}

/** @param {NewFunction} options */
function requireCleanCheckout({ allowDirty }) {
  for (const file of [...changed, "functions", "node_modules"]) requireWritable(join(root, file));
  const { status, stdout } = spawnSync("git", ["status", "--porcelain", "--", ...changed], {
    cwd: root,
    encoding: "utf8",
  });
  if (allowDirty || status !== 0 || stdout === "") return;
  const files = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(3));
  fail(`npm run new: ${files.join(", ")} has uncommitted changes; commit them first, or pass --allow-dirty`);
}

/** @param {NewFunction} options */
function create({ name, method, topic }) {
  const folder = join(root, "functions", name);
  const undo = undoOnExit({ files: changed.map((file) => join(root, file)), folder });
  for (const { path, text } of functionFiles({ name, method })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const stack = join(root, "stack.yml");
  writeFileSync(stack, `${readFileSync(stack, "utf8").trimEnd()}\n${stackEntry({ name, topic })}`);
  install();
  run(process.execPath, ["scripts/manifests.mjs"], { failure: "Rendering the manifests failed." });
  run(process.execPath, ["scripts/docs.mjs"], { failure: "Rendering the documentation failed." });
  run(process.execPath, ["scripts/build.mjs", name], { failure: `Building ${name} failed.` });
  undo.keep();
}

/** @param {NewFunction} options */
function nextSteps({ name, method }) {
  const call = method === "GET" ? `'$URL/function/${name}?name=Ada'` : `-d Ada $URL/function/${name}`;
  return `
functions/${name} is ready. It returns a greeting; put your code into src/greet.ts.

Next:
  npm test
  npm start                            # then: curl ${call.replace("$URL", "http://127.0.0.1:8080")}
  npm run up -- --filter ${name}
`;
}

try {
  const options = readArguments();
  requireFreeName(options);
  requireCleanCheckout(options);
  install();
  create(options);
  console.log(nextSteps(options));
} catch (error) {
  if (error instanceof UsageError) exitWithUsageError(command, error);
  throw error;
}
