/**
 * How long a benchmark takes on two cores, in seconds.
 *
 * @typedef {object} Duration
 * @property {number} start until its first round, its warm-up included
 * @property {number} round
 */

/** @param {Duration} duration @param {number} rounds */
export const estimatedSeconds = ({ start, round }, rounds) => start + round * rounds;

/**
 * Estimates how long a run takes. What its benchmarks have taken so far corrects the estimate of those that are left.
 *
 * @param {readonly { name: string, duration: Duration }[]} benches
 * @param {number} rounds
 */
export function estimateRun(benches, rounds) {
  const left = new Map(benches.map(({ name, duration }) => [name, estimatedSeconds(duration, rounds)]));
  let [estimated, taken] = [0, 0];
  return {
    /** The seconds that are left. */
    secondsLeft: () => sum([...left.values()]) * (estimated === 0 ? 1 : taken / estimated),
    /** Tells how long a benchmark took, or that it was skipped. @param {string} name @param {number} [seconds] */
    finished(name, seconds) {
      if (seconds !== undefined) {
        estimated += left.get(name) ?? 0;
        taken += seconds;
      }
      left.delete(name);
    },
  };
}

/** @param {number} seconds */
export function durationText(seconds) {
  return seconds < 95 ? `${Math.max(5, Math.round(seconds / 5) * 5)} s` : `${Math.round(seconds / 60)} min`;
}

const sum = (/** @type {readonly number[]} */ values) => values.reduce((total, value) => total + value, 0);
