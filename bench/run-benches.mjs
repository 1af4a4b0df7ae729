import { failedByAbort } from "./abort.mjs";
import { durationText, estimateRun } from "./estimate.mjs";

/**
 * `rounds` is the number of measurements of each contender, in turns; `log` writes a line about the progress; `signal` ends
 * a benchmark early.
 *
 * @typedef {{ rounds: number, log: (line: string) => void, signal: AbortSignal }} BenchOptions
 */

/**
 * The module of a benchmark. `run` yields each row when it is measured, and stops everything that it has started.
 *
 * @typedef {{ run: (options: BenchOptions) => AsyncIterable<import("./results.mjs").Row> }} Bench
 */

/**
 * @typedef {object} RunOptions
 * @property {readonly { name: string, duration: import("./estimate.mjs").Duration, load: () => Promise<Bench> }[]} benches
 * @property {number} rounds
 * @property {AbortSignal} signal
 * @property {(line: string) => void} note writes a line about the progress
 * @property {(row: import("./results.mjs").Row & { bench: string }) => void} onRow receives each row when it is measured
 */

/**
 * Runs benchmarks sequentially, until all are done or the signal aborts. Prints the estimated duration at the start, and the
 * remaining time after each benchmark.
 *
 * @param {RunOptions} options
 */
export async function runBenches({ benches, rounds, signal, note, onRow }) {
  const estimate = estimateRun(benches, rounds);
  const names = benches.map(({ name }) => name).join(", ");
  const total = durationText(estimate.secondsLeft());
  note(`${names}: about ${total} on two cores, longer when something is fetched or built first`);
  try {
    for (const { name, load } of benches) {
      const begin = performance.now();
      let measured = false;
      const bench = await load();
      for await (const row of bench.run({ rounds, log: (line) => note(`${name}: ${line}`), signal })) {
        onRow({ bench: name, ...row });
        if (row.ours.value !== undefined) measured = true;
      }
      signal.throwIfAborted();
      const seconds = (performance.now() - begin) / 1_000;
      estimate.finished(name, measured ? seconds : undefined);
      const secondsLeft = estimate.secondsLeft();
      note(
        `${name} took ${durationText(seconds)}${secondsLeft > 0 ? `; about ${durationText(secondsLeft)} left` : ""}`,
      );
    }
  } catch (error) {
    if (!(await failedByAbort(signal))) throw error;
  }
}
