/**
 * How fast requests were answered.
 *
 * @typedef {object} Measurement
 * @property {number} rate requests a second
 * @property {number} p50 the milliseconds within which half of them were answered
 * @property {number} p99 the same of 99 %
 */

/**
 * @param {number[]} times how long each request took, in milliseconds
 * @param {number} elapsed how long all of them took together, in milliseconds
 * @returns {Measurement}
 */
export function measurementOf(times, elapsed) {
  const sorted = [...times].sort((a, b) => a - b);
  const within = (/** @type {number} */ part) => sorted[Math.ceil(part * sorted.length) - 1];
  return { rate: (times.length / elapsed) * 1_000, p50: within(0.5), p99: within(0.99) };
}
