import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fail, install, root, run } from "./install.mjs";

const usage = `Usage: npm run images [-- [NAME…] [--push]]

Builds the images of the long-running services and, by faas-cli, of the functions, all or those named, with the names
and tags that deploy/components/images/kustomization.yaml gives them.

  --push            push them as well
  OPENFAAS_PREFIX   takes the place of serverless-data-platform in their names, as in stack.yml
`;

/** The images of ours that the deployment runs, each by the name of its package or function. */
function readImages() {
  const file = join(root, "deploy", "components", "images", "kustomization.yaml");
  const ours = /- name: (\S+)\s+newName: serverless-data-platform\/(\S+)\s+newTag: (\S+)/g;
  const prefix = process.env.OPENFAAS_PREFIX || "serverless-data-platform";
  return new Map(
    [...readFileSync(file, "utf8").matchAll(ours)].map(([, name = "", image, tag]) => [
      name,
      `${prefix}/${image}:${tag}`,
    ]),
  );
}

/** Ends the process with a sentence unless there is a Docker engine. */
function requireDocker() {
  const { error, status, stderr } = spawnSync("docker", ["version"], { encoding: "utf8" });
  if (error) fail("Docker is needed to build images, and there is no docker on the PATH.");
  if (status !== 0) fail(`Docker is needed to build images, and it does not answer: ${stderr.trim()}`);
}

/** Ends the process with a sentence unless there is faas-cli, which builds the functions' images. */
function requireFaasCli() {
  if (spawnSync("faas-cli", ["version", "--warn-update=false"]).error === undefined) return;
  fail(
    `faas-cli is needed to build the images of functions (https://docs.openfaas.com/cli/install/); without it:
npm run images -- ${names.filter(isService).join(" ")}`,
  );
}

/** @param {string} name */
function isService(name) {
  return existsSync(join(root, "packages", name));
}

/** @param {string} name */
function buildService(name) {
  const image = /** @type {string} */ (images.get(name));
  const dist = join(root, "packages", name, "dist");
  makeReadable(dist);
  run("docker", ["build", "--tag", image, "--file", join("packages", "service.Dockerfile"), dist], {
    failure: `Building ${image} failed; the lines above say why.`,
  });
}

/** @param {string} name */
function buildFunctionImage(name) {
  run("faas-cli", ["build", "-f", "stack.yml", "--filter", name], {
    failure: `faas-cli build failed for ${name}; the lines above say why.`,
  });
}

/**
 * Lets everybody read a folder, whatever the umask: the image's user is not the one who built it.
 * @param {string} folder
 */
function makeReadable(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else chmodSync(path, 0o644);
  }
}

/** @param {readonly string[]} args */
function readArguments(args) {
  try {
    const options = /** @type {const} */ ({
      push: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    });
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${usage}`, 2);
  }
}

const { values, positionals } = readArguments(process.argv.slice(2));
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const images = readImages();
const names = positionals.length > 0 ? positionals : [...images.keys()];
const unknown = names.find((name) => !images.has(name));
if (unknown !== undefined)
  fail(`There is no image ${unknown}; there are ${[...images.keys()].join(", ")}.`, 2);
requireDocker();
if (!names.every(isService)) requireFaasCli();

install();
const { build } = await import("./build.mjs");
await build(names);
for (const name of names) {
  const image = /** @type {string} */ (images.get(name));
  if (isService(name)) buildService(name);
  else buildFunctionImage(name);
  if (values.push) run("docker", ["push", image], { failure: `Pushing ${image} failed. Are you logged in?` });
}
console.log(names.map((name) => images.get(name)).join("\n"));
