/**
 * The throughput and latency of requests.
 *
 * @typedef {object} Measurement
 * @property {number} rate requests per second
 * @property {number} p50 median latency in milliseconds
 * @property {number} p99 99th percentile of the latency in milliseconds
 */

/**
 * @param {number[]} times duration of each request, in milliseconds
 * @param {number} elapsed total duration, in milliseconds
 * @returns {Measurement}
 */
export function summariseTimes(times, elapsed) {
  const sorted = [...times].sort((a, b) => a - b);
  const within = (/** @type {number} */ part) => sorted[Math.ceil(part * sorted.length) - 1];
  return { rate: (times.length / elapsed) * 1_000, p50: within(0.5), p99: within(0.99) };
}
