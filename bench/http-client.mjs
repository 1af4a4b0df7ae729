// A client that measures: for each line of JSON on standard input, a Task, it answers with a line, a Measurement.
// A process of its own, so that its processor time is not counted for what it asks.

import { createInterface } from "node:readline";
import { Pool } from "undici";

/**
 * @typedef {object} Task
 * @property {string} url
 * @property {string} [body] of a POST; without it a GET
 * @property {number} connections kept alive, each with one request at a time
 * @property {number} requests
 */

/**
 * @typedef {object} Measurement
 * @property {number} rate requests a second
 * @property {number} p50 milliseconds
 * @property {number} p99
 */

/** @param {Task} task @returns {Promise<Measurement>} */
async function measure({ url, body, connections, requests }) {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const options = /** @type {import("undici").Dispatcher.RequestOptions} */ ({
    path: `${pathname}${search}`,
    method: body === undefined ? "GET" : "POST",
    ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
  });
  /** @type {number[]} */
  const times = [];
  let left = requests;
  const ask = async () => {
    while (left-- > 0) {
      const start = performance.now();
      const { statusCode, body: answer } = await pool.request(options);
      const text = await answer.text();
      times.push(performance.now() - start);
      if (statusCode !== 200 || !text.includes('"number"')) throw new Error(`${url}: ${statusCode} ${text}`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, ask));
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => times[Math.floor(part * (times.length - 1))] ?? 0;
  return { rate: requests / seconds, p50: at(0.5), p99: at(0.99) };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await measure(JSON.parse(line)))}\n`);
}
