/**
 * The duration of a benchmark on two cores, in seconds.
 *
 * @typedef {object} Duration
 * @property {number} start time before the first round, including the warm-up
 * @property {number} round
 */

/** @param {Duration} duration @param {number} rounds */
export const estimatedSeconds = ({ start, round }, rounds) => start + round * rounds;

/**
 * Estimates the duration of a run. The durations of finished benchmarks correct the estimate of the remaining ones.
 *
 * @param {readonly { name: string, duration: Duration }[]} benches
 * @param {number} rounds
 */
export function estimateRun(benches, rounds) {
  const remaining = new Map(benches.map(({ name, duration }) => [name, estimatedSeconds(duration, rounds)]));
  let [estimated, taken] = [0, 0];
  return {
    /** The remaining seconds. */
    secondsLeft: () => sum([...remaining.values()]) * (estimated === 0 ? 1 : taken / estimated),
    /** Records the duration of a benchmark; undefined if it was skipped. @param {string} name @param {number} [seconds] */
    finished(name, seconds) {
      if (seconds !== undefined) {
        estimated += remaining.get(name) ?? 0;
        taken += seconds;
      }
      remaining.delete(name);
    },
  };
}

/** @param {number} seconds */
export function durationText(seconds) {
  return seconds < 95 ? `${Math.max(5, Math.round(seconds / 5) * 5)} s` : `${Math.round(seconds / 60)} min`;
}

const sum = (/** @type {readonly number[]} */ values) => values.reduce((total, value) => total + value, 0);
