/**
 * Returns the median of the values, and the spread: half the distance between the smallest and the largest value, relative to
 * the median. A single round has no spread.
 *
 * @param {number[]} values in the order of the rounds
 * @returns {{ value: number, spread?: number, values: number[] }}
 */
export function summarise(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ index) => sorted[index] ?? Number.NaN;
  const middle = sorted.length >> 1;
  const value = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  if (sorted.length < 2) return { value, values };
  return { value, spread: (at(sorted.length - 1) - at(0)) / 2 / value, values };
}
