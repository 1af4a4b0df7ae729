// A measuring client: for each line of JSON on standard input (a Task), it prints a line (a Measurement). It is a separate
// process, so its processor time does not count for the server.

import { createInterface } from "node:readline";
import { Pool } from "undici";
import { summariseTimes } from "./measurement.mjs";

/**
 * @typedef {object} Task
 * @property {string} url
 * @property {string} [body] the body of a POST, by default JSON; without a body, a GET
 * @property {Record<string, string>} [headers]
 * @property {number} [status] the required status of every answer, by default 200
 * @property {string} answer a regular expression that must match every answer
 * @property {number} connections number of keep-alive connections, each with one request at a time
 * @property {number} requests
 */

/** @param {Task} task @returns {Promise<import("./measurement.mjs").Measurement>} */
async function measure({ url, body, headers, status = 200, answer, connections, requests }) {
  const expected = new RegExp(answer);
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
  let remaining = requests;
  const ask = async () => {
    while (remaining-- > 0) {
      const start = performance.now();
      const { statusCode, body: answered } = await pool.request(request);
      const text = await answered.text();
      times.push(performance.now() - start);
      if (statusCode !== status || !expected.test(text)) throw new Error(`${url}: ${statusCode} ${text}`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, ask));
  const elapsed = performance.now() - start;
  await pool.close();
  return summariseTimes(times, elapsed);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await measure(JSON.parse(line)))}\n`);
}
