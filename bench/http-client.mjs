// A client that measures: for each line of JSON on standard input, a Task, it answers with a line, a Measurement.
// A process of its own, so that its processor time is not counted for what it asks.

import { createInterface } from "node:readline";
import { Pool } from "undici";
import { measurementOf } from "./measurement.mjs";

/**
 * @typedef {object} Task
 * @property {string} url
 * @property {string} [body] of a POST, JSON unless a header says otherwise; without it a GET
 * @property {Record<string, string>} [headers]
 * @property {number} [status] that every answer must have, 200 unless it is given
 * @property {string} answer a regular expression that must match every answer
 * @property {number} connections kept alive, each with one request at a time
 * @property {number} requests
 */

/** @param {Task} task @returns {Promise<import("./measurement.mjs").Measurement>} */
async function measure({ url, body, headers, status = 200, answer, connections, requests }) {
  const right = new RegExp(answer);
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const request = /** @type {import("undici").Dispatcher.RequestOptions} */ ({
    path: `${pathname}${search}`,
    ...(body === undefined
      ? { method: "GET", headers }
      : { method: "POST", body, headers: { "content-type": "application/json", ...headers } }),
  });
  /** @type {number[]} */
  const times = [];
  let left = requests;
  const ask = async () => {
    while (left-- > 0) {
      const start = performance.now();
      const { statusCode, body: answered } = await pool.request(request);
      const text = await answered.text();
      times.push(performance.now() - start);
      if (statusCode !== status || !right.test(text)) throw new Error(`${url}: ${statusCode} ${text}`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, ask));
  const elapsed = performance.now() - start;
  await pool.close();
  return measurementOf(times, elapsed);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await measure(JSON.parse(line)))}\n`);
}
