// Compares the cost of a function with a handler that returns a constant: the same call, under the same host and Node.js, in
// turns. The functions have the settings of stack.yml, so each call writes a log line. A bare handler shows the share of the
// engine. sentiment also runs under template/node-lean, on that template's Node.js.

import { bareSentiment } from "./bare-sentiment.mjs";
import { comparison } from "./comparison.mjs";
import { cpuSeconds } from "./cpu.mjs";
import { makeTexts } from "./sentiment-texts.mjs";
import { batchCalls, functionCalls, servedFunctions, toTask } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

/**
 * The number of connections, of requests in a round, and of items in a request.
 *
 * @typedef {{ connections: number, requests: number, items: number }} Load
 */
const oneByOne = { connections: 1, requests: 2_000, items: 1 };
const atOnce = { connections: 8, requests: 8_000, items: 1 };
const inBatches = { connections: 2, requests: 100, items: 1_000 };

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  const started = trackStarted(signal);
  const { use } = started;
  try {
    const { lean, start, newHandler, recordConstant } = await servedFunctions(services, started);
    const client = started.lineProgram("http-client.mjs");
    const compare = comparison({ rounds, log, signal });
    const contenders = async (/** @type {import("./served-functions.mjs").FunctionCall} */ call) => {
      const contender = async (
        /** @type {string} */ title,
        /** @type {string} */ handler,
        /** @type {Record<string, string>} */ settings,
        { variant = false, host = /** @type {Partial<typeof lean> | undefined} */ (undefined) } = {},
      ) => {
        const { url, pid } = await use(start(handler, settings, host));
        return {
          title,
          variant,
          async measure(/** @type {Load} */ load) {
            const before = cpuTime(pid);
            const measured = await client.ask({ ...toTask(url, call), ...load });
            const items = load.requests * load.items;
            return {
              ...measured,
              items: measured.rate * load.items,
              cpu: ((cpuTime(pid) - before) / items) * 1e6,
            };
          },
        };
      };
      const bundleFolder = services.bundleFolder(call.name);
      const constant = await recordConstant(call);
      const common = [
        await contender(call.name, bundleFolder, {}),
        await contender("a handler with a constant", constant, {}),
        await contender(
          `${call.name}, LOG_LEVEL=warn`,
          bundleFolder,
          { LOG_LEVEL: "warn" },
          { variant: true },
        ),
      ];
      if (call.headers["content-type"] !== "text/plain") return common;
      const bare = newHandler();
      await bareSentiment(bare);
      return [
        ...common,
        await contender("a bare handler around the engine", bare, {}),
        await contender(`${call.name} under node-lean`, bundleFolder, {}, { variant: true, host: lean }),
        await contender("a constant under node-lean", constant, {}, { host: lean }),
      ];
    };

    for (const call of functionCalls) {
      const list = await contenders(call);
      yield* await compare("at 8 connections", atOnce, list, throughput(call.name, "request"));
      yield* await compare("at 1 connection", oneByOne, list, latency(call.name));
    }
    for (const call of batchCalls(makeTexts(inBatches.items))) {
      const list = await contenders(call);
      yield* await compare("in batches of 1,000", inBatches, list, throughput(call.name, "item"));
    }
  } finally {
    await started.end();
  }
}

/** Only Linux provides the processor time of other processes. */
const knowsCpu = process.platform === "linux";
const cpuTime = (/** @type {number} */ pid) => (knowsCpu ? cpuSeconds([pid]) : Number.NaN);

/** @typedef {import("./comparison.mjs").Metric} Metric */

/** @returns {Metric[]} */
function throughput(/** @type {string} */ of, /** @type {string} */ item) {
  return [
    { key: "items", title: `overhead: ${of}`, unit: `${item}s/s`, less: false },
    ...(knowsCpu
      ? [{ key: "cpu", title: `overhead: ${of}, processor time`, unit: `µs per ${item}`, less: true }]
      : []),
  ];
}

/** @returns {Metric[]} */
function latency(/** @type {string} */ of) {
  return [
    { key: "p50", title: `overhead: ${of} p50`, unit: "ms", less: true },
    { key: "p99", title: `overhead: ${of} p99`, unit: "ms", less: true },
  ];
}
