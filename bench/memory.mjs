// Compares the memory of a function after 100,000 requests with that of a handler that returns a constant. Each measurement
// uses a new process under the node18 template's host and its Node.js.

import { comparison } from "./comparison.mjs";
import { functionCalls, servedFunctions, toTask } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

const few = { connections: 8, requests: 10_000 };
const most = { connections: 8, requests: 90_000 };

/** @typedef {import("./comparison.mjs").Metric} Metric */

const after = "after 100,000 requests";
/** @type {Metric[]} */
const metrics = [
  { key: "rss", title: `memory: resident ${after}`, unit: "MB", less: true },
  { key: "heap", title: `memory: heap ${after}`, unit: "MB", less: true },
  { key: "grown", title: `memory: heap ${after} by that after 10,000`, unit: "times", less: true },
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  const started = trackStarted(signal);
  try {
    const { start, recordConstant } = await servedFunctions(services, started);
    const client = started.lineProgram("http-client.mjs");
    // Each measurement starts a new process, so there is no warm-up.
    const compare = comparison({ rounds, warmUp: false, log, signal });
    for (const call of functionCalls) {
      const contender = (/** @type {string} */ title, /** @type {string} */ handler) => ({
        title,
        async measure() {
          const host = await start(handler, { ...services.probedMemory, LOG_LEVEL: "warn" });
          try {
            await client.ask({ ...toTask(host.url, call), ...few });
            const early = await services.readMemory(host);
            await client.ask({ ...toTask(host.url, call), ...most });
            const { heapUsed, rss } = await services.readMemory(host);
            return { rss: rss / 1e6, heap: heapUsed / 1e6, grown: heapUsed / early.heapUsed };
          } finally {
            await host[Symbol.asyncDispose]();
          }
        },
      });
      const contenders = [
        contender(call.name, services.bundleFolder(call.name)),
        contender("a handler with a constant", await recordConstant(call)),
      ];
      yield* await compare(`of ${call.name}`, undefined, contenders, metrics);
    }
  } finally {
    await started.end();
  }
}
