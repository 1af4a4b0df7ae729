// What a function costs over a handler with a constant: the same call, under the same host and Node.js, in turns. The functions
// are set as stack.yml sets them, so that each call has its line in the log. What of it is the engine's, a bare handler tells.

import { bareSentiment } from "./bare-sentiment.mjs";
import { comparison } from "./comparison.mjs";
import { cpuOf } from "./cpu.mjs";
import { makeTexts } from "./sentiment-texts.mjs";
import { batchCalls, functionCalls, servedFunctions, taskOf } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";
import { startedOf, startLineProgram } from "./started.mjs";

/**
 * Connections, how many requests a round has, and how many items each of these.
 *
 * @typedef {{ connections: number, requests: number, items: number }} Load
 */
const oneByOne = { connections: 1, requests: 2_000, items: 1 };
const atOnce = { connections: 8, requests: 8_000, items: 1 };
const inBatches = { connections: 2, requests: 100, items: 1_000 };

/** @type {import("./main.mjs").Bench["run"]} */
export async function run({ rounds, log, signal }) {
  const services = await loadServices();
  const started = startedOf(signal);
  const { keep } = started;
  try {
    const { start, newHandler, constantOf } = await servedFunctions(services, started);
    const client = startLineProgram("http-client.mjs");
    started.atEnd(client.end);
    const compare = comparison({ rounds, log, signal });
    const contenders = async (/** @type {import("./served-functions.mjs").FunctionCall} */ call) => {
      const contender = async (
        /** @type {string} */ title,
        /** @type {string} */ handler,
        /** @type {Record<string, string>} */ settings,
      ) => {
        const { url, pid } = await keep(start(handler, settings));
        return {
          title,
          async measure(/** @type {Load} */ load) {
            const before = cpuTime(pid);
            const measured = await client.ask({ ...taskOf(url, call), ...load });
            const items = load.requests * load.items;
            return {
              ...measured,
              items: measured.rate * load.items,
              cpu: ((cpuTime(pid) - before) / items) * 1e6,
            };
          },
        };
      };
      const handler = services.distOf(call.name);
      const some = [
        await contender(call.name, handler, {}),
        await contender("a handler with a constant", await constantOf(call), {}),
        await contender(`${call.name}, LOG_LEVEL=warn`, handler, { LOG_LEVEL: "warn" }),
      ];
      if (call.headers["content-type"] !== "text/plain") return some;
      const bare = newHandler();
      await bareSentiment(bare);
      return [...some, await contender("a bare handler around the engine", bare, {})];
    };

    const rows = [];
    for (const call of functionCalls) {
      const some = await contenders(call);
      rows.push(...(await compare("at 8 connections", atOnce, some, throughput(call.name, "request"))));
      rows.push(...(await compare("at 1 connection", oneByOne, some, latency(call.name))));
    }
    for (const call of batchCalls(makeTexts(inBatches.items))) {
      const some = await contenders(call);
      rows.push(...(await compare("in batches of 1,000", inBatches, some, throughput(call.name, "item"))));
    }
    return rows;
  } finally {
    await started.end();
  }
}

/** Only Linux tells of other processes. */
const knowsCpu = process.platform === "linux";
const cpuTime = (/** @type {number} */ pid) => (knowsCpu ? cpuOf([pid]) : Number.NaN);

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
