// Compares the images of the functions with an image of the same template whose handler returns a constant: size, and time
// from `docker run` to the first answer. The base image and the watchdog are those of the Docker engine; if tests have
// replaced them by fakes, the figures are those of the fakes.

import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { comparison } from "./comparison.mjs";
import { constantHandler } from "./constant-handler.mjs";
import { functionCalls } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

/** The request of each function, which needs no other service. */
const bodies = Object.fromEntries(functionCalls.map(({ name, body = "" }) => [name, body]));

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [
  { key: "start", title: "cold start", unit: "ms", less: true },
  { key: "size", title: "image size", unit: "MB", less: true },
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  if (!services.hasDocker() || !services.hasFaasCli() || !services.hasTemplates()) {
    const skipped = "skipped: needs Docker, faas-cli and its templates (OPENFAAS_TEMPLATE)";
    yield {
      name: "images",
      unit: "MB",
      ours: { name: "images", skipped },
      peers: [{ name: "a constant", skipped }],
    };
    return;
  }
  const { docker, root, succeed } = services;
  const started = trackStarted(signal);
  try {
    log("builds the images");
    const templates = services.useTemplates();
    started.defer(() => templates[Symbol.dispose]());
    const functions = Object.keys(bodies);
    const args = ["run", "--silent", "images", "--", ...functions];
    const output = await succeed("npm", args, { cwd: root, signal });
    const images = output.trimEnd().split("\n").slice(-functions.length);
    const constant = await buildConstant(succeed, services.templates ?? "", signal);
    started.defer(() => docker("rmi", "--force", constant));

    // last-block finds no node here; its error is an answer, too.
    const settings = { ...services.stackEnvironment, GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
    const compare = comparison({ rounds, log, signal });
    for (const [index, name] of functions.entries()) {
      const contender = (/** @type {string} */ title, /** @type {string} */ image) => ({
        title,
        measure: () => measure(docker, { image, settings, body: bodies[functions[index]] }, signal),
      });
      const contenders = [contender(name, images[index]), contender("a constant", constant)];
      yield* await compare(name, undefined, contenders, metrics);
    }
  } finally {
    await started.end();
  }
}

/**
 * Builds the image of a function that returns a constant, in the same way as our images.
 *
 * @param {typeof import("./services.ts").succeed} succeed
 * @param {string} templates
 * @param {AbortSignal} signal
 */
async function buildConstant(succeed, templates, signal) {
  const image = "bench/constant:0.0.0";
  const folder = mkdtempSync(join(tmpdir(), "constant-"));
  try {
    constantHandler(join(folder, "constant"), '{"constant":true}', { "content-type": "application/json" });
    symlinkSync(templates, join(folder, "template"));
    const stack = {
      version: "1.0",
      provider: { name: "openfaas" },
      functions: { constant: { lang: "node18", handler: "./constant", image } },
    };
    writeFileSync(join(folder, "stack.yml"), JSON.stringify(stack));
    await succeed("faas-cli", ["build", "-f", "stack.yml"], { cwd: folder, signal });
    return image;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {(...args: string[]) => Promise<string>} docker
 * @param {{ image: string, settings: Readonly<Record<string, string>>, body: string }} container
 * @param {AbortSignal} signal
 */
async function measure(docker, { image, settings, body }, signal) {
  const env = Object.entries(settings).map(([name, value]) => `--env=${name}=${value}`);
  const size = Number(await docker("image", "inspect", "--format={{.Size}}", image)) / 1e6;
  const begin = performance.now();
  const id = await docker("run", "--detach", "--publish=127.0.0.1::8080", ...env, image);
  try {
    const url = `http://${await docker("port", id, "8080")}`;
    while (!(await hasAnswer(url, body))) {
      signal.throwIfAborted();
      if (performance.now() - begin > 60_000) throw new Error(`${image} does not answer`);
      await pause(5);
    }
    return { size, start: performance.now() - begin };
  } finally {
    await docker("rm", "--force", id);
  }
}

/** Whether the function itself answers. While Node.js starts, the watchdog answers without JSON. */
async function hasAnswer(/** @type {string} */ url, /** @type {string} */ body) {
  try {
    const headers = { "content-type": "application/octet-stream" };
    const answer = await fetch(url, { method: "POST", headers, body });
    await answer.arrayBuffer();
    return /json/.test(answer.headers.get("content-type") ?? "");
  } catch {
    return false;
  }
}
