// Compares the start-up of a function with that of a handler that returns a constant: the time to load the bundle, and from
// the start of the process to the first answer. Each measurement uses a new process under the node18 template's host and its
// Node.js.

import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { comparison } from "./comparison.mjs";
import { functionCalls, servedFunctions, toRequest } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [
  { key: "load", title: "start-up: require()", unit: "ms", less: true },
  { key: "answer", title: "start-up: from the start to the first answer", unit: "ms", less: true },
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  const started = trackStarted(signal);
  try {
    const { settings, recordConstant } = await servedFunctions(services, started);
    const execPath = services.node18() ?? process.execPath;
    const host = join(services.root, "packages", "gateway", "dist", "template-host.cjs");
    const env = { PATH: process.env.PATH, ...settings };

    const contender = (
      /** @type {string} */ title,
      /** @type {string} */ handler,
      /** @type {import("./served-functions.mjs").FunctionCall} */ call,
    ) => ({
      title,
      async measure() {
        const load = measureRequire(execPath, handler, env);
        const begin = performance.now();
        const child = fork(host, [handler], { execPath, execArgv: [], env, stdio: "pipe" });
        try {
          const [{ port }] = await once(child, "message", { signal });
          const answer = await fetch(`http://127.0.0.1:${port}`, toRequest(call));
          await answer.arrayBuffer();
          if (!answer.ok) throw new Error(`${title} answers ${answer.status}`);
          return { load, answer: performance.now() - begin };
        } finally {
          child.kill("SIGKILL");
        }
      },
    });

    for (const call of functionCalls) {
      const contenders = [
        contender(call.name, services.bundleFolder(call.name), call),
        contender("a handler with a constant", await recordConstant(call), call),
      ];
      const compare = comparison({ rounds, log, signal });
      yield* await compare(`of ${call.name}`, undefined, contenders, metrics);
    }
  } finally {
    await started.end();
  }
}

/**
 * Measures the time of a new process to load a handler, in milliseconds.
 *
 * @param {string} execPath
 * @param {string} handler
 * @param {NodeJS.ProcessEnv} env
 */
function measureRequire(execPath, handler, env) {
  const program = `
    const start = performance.now();
    require(process.argv[1]);
    process.stdout.write(String(performance.now() - start));
  `;
  const args = ["-e", program, join(handler, "handler.js")];
  const { status, stdout, stderr } = spawnSync(execPath, args, { encoding: "utf8", env });
  if (status !== 0) throw new Error(`${handler} cannot be loaded: ${stderr}`);
  return Number(stdout);
}
