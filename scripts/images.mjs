import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  exitWithUsageError,
  readCommandLine,
  toVariables,
  UsageError,
} from "../packages/cli/src/command.mjs";
import { fail, install, root, run } from "./install.mjs";

const command = /** @type {const} */ ({
  name: "npm run images",
  summary: `Builds the images of the long-running services, of Kafka's exporter and, with faas-cli, of the functions, all or the named ones. Names and
tags come from deploy/components/images/kustomization.yaml.`,
  operands: "[NAME…]",
  options: {
    push: { type: "boolean", description: "push the images as well" },
    template: {
      type: "string",
      value: "NAME",
      description: "faas-cli's template of the functions, such as node-lean",
      fallback: "node18",
      variable: "FUNCTION_TEMPLATE",
    },
  },
  sections: [
    {
      heading: "Settings, from the environment",
      rows: [
        [
          "OPENFAAS_PREFIX",
          "registry and user in the image names, as in stack.yml (default serverless-data-platform)",
        ],
      ],
    },
  ],
});

/** Reads the images that we build for the deployment, by the name of their package or function. */
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

/** Exits the process with a message when there is no Docker engine. */
function requireDocker() {
  const { error, status, stderr } = spawnSync("docker", ["version"], { encoding: "utf8" });
  if (error) fail("Building images needs Docker, but there is no docker on the PATH.");
  if (status !== 0) fail(`Building images needs Docker, but the engine does not answer: ${stderr.trim()}`);
}

/** Exits the process with a message when there is no faas-cli, which builds the images of functions. */
function requireFaasCli() {
  if (spawnSync("faas-cli", ["version", "--warn-update=false"]).error === undefined) return;
  fail(
    `Building images of functions needs faas-cli (https://docs.openfaas.com/cli/install/). Without it, run:
npm run images -- ${names.filter((name) => !isFunction(name)).join(" ")}`,
  );
}

/** @param {string} name */
function isService(name) {
  return existsSync(join(root, "packages", name));
}

/** The folder of an image with its own Dockerfile. @param {string} name */
const imageFolder = (name) => join(root, "deploy", "images", name);

/** @param {string} name */
function isFunction(name) {
  return !isService(name) && !existsSync(imageFolder(name));
}

/** @param {string} name */
function buildService(name) {
  const image = /** @type {string} */ (images.get(name));
  const dist = join(root, "packages", name, "dist");
  makeReadable(dist);
  run("docker", ["build", "--tag", image, "--file", join("packages", "service.Dockerfile"), dist], {
    failure: `Building ${image} failed; see the lines above.`,
  });
}

/** @param {string} name */
function buildFolder(name) {
  const image = /** @type {string} */ (images.get(name));
  run("docker", ["build", "--tag", image, imageFolder(name)], {
    failure: `Building ${image} failed; see the lines above.`,
  });
}

/** @param {string} name */
function buildFunctionImage(name) {
  run("faas-cli", ["build", "-f", "stack.yml", "--filter", name], {
    env: { ...process.env, ...toVariables(command.options, values) },
    failure: `faas-cli build failed for ${name}; see the lines above.`,
  });
}

/**
 * Makes a folder readable for all, whatever the umask, because the image runs as another user.
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

const { values, operands } = readCommandLine(command);
const images = readImages();
const names = operands.length > 0 ? operands : [...images.keys()];
const unknown = names.find((name) => !images.has(name));
if (unknown !== undefined) {
  const problem = `unknown image ${unknown}; available: ${[...images.keys()].join(", ")}`;
  exitWithUsageError(command, new UsageError(problem));
}
requireDocker();
if (names.some(isFunction)) requireFaasCli();

install();
const { build } = await import("./build.mjs");
await build(names.filter((name) => !existsSync(imageFolder(name))));
for (const name of names) {
  const image = /** @type {string} */ (images.get(name));
  if (isService(name)) buildService(name);
  else if (isFunction(name)) buildFunctionImage(name);
  else buildFolder(name);
  if (values.push) run("docker", ["push", image], { failure: `Pushing ${image} failed. Are you logged in?` });
}
console.log(names.map((name) => images.get(name)).join("\n"));
