/**
 * The median of some figures, and half the distance between the least and the greatest as a part of it.
 *
 * @param {number[]} figures
 */
export function summarise(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const value = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { value, spread: (sorted[sorted.length - 1] - sorted[0]) / 2 / value };
}
