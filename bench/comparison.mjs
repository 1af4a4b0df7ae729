import { setImmediate as nextTurn } from "node:timers/promises";
import { failedByAbort } from "./abort.mjs";
import { summarise } from "./summarise.mjs";

/**
 * What was measured once, by the keys of the metrics.
 *
 * @typedef {Readonly<Record<string, number>>} Figures
 */

/**
 * @template Load
 * @typedef {object} Contender
 * @property {string} title
 * @property {boolean} [variant] whether it is a variant of ours rather than a peer
 * @property {(load: Load) => Promise<Figures>} [measure]
 * @property {string} [skipped] why it is not measured
 */

/**
 * What a row is about.
 *
 * @typedef {{ key: string, title: string, unit: string, less: boolean }} Metric
 */

/**
 * Returns a function that measures contenders, the first of them ours, in turns under a load and makes a row of each metric.
 *
 * A round before the first one warms them up, unless `warmUp` is false. An abort leaves the rows of the rounds that all
 * contenders have finished.
 *
 * @param {import("./run-benches.mjs").BenchOptions & { warmUp?: boolean }} options
 */
export function comparison({ rounds, log, signal, warmUp = true }) {
  /**
   * @template Load
   * @param {string} where
   * @param {Load} load
   * @param {readonly Contender<Load>[]} contenders
   * @param {readonly Metric[]} metrics
   */
  return async (where, load, contenders, metrics) => {
    /** @type {(Figures | undefined)[][]} by round, and then by contender */
    const finished = [];
    try {
      for (let round = warmUp ? 0 : 1; round <= rounds; round++) {
        signal.throwIfAborted();
        log(`${metrics[0]?.title} ${where}, ${round === 0 ? "warms up" : `round ${round} of ${rounds}`}`);
        const measured = [];
        for (const { measure } of contenders) {
          await nextTurn(); // a measurement that never waits would keep signals out
          signal.throwIfAborted();
          measured.push(await measure?.(load));
        }
        if (round > 0) finished.push(measured);
      }
    } catch (error) {
      if (finished.length === 0 || !(await failedByAbort(signal))) throw error;
    }
    return metrics.map((metric) => rowOf(where, metric, contenders, finished));
  };
}

/**
 * @param {string} where
 * @param {Metric} metric
 * @param {readonly Contender<never>[]} contenders
 * @param {readonly (readonly (Figures | undefined)[])[]} finished rounds
 * @returns {import("./results.mjs").Row}
 */
function rowOf(where, { key, title, unit, less }, contenders, finished) {
  /** @returns {import("./results.mjs").Figure[]} none of a contender without this metric */
  const figureOf = (
    /** @type {Contender<never>} */ { title: name, variant, skipped },
    /** @type {number} */ index,
  ) => {
    if (skipped !== undefined) return [{ name, skipped }];
    const values = finished.flatMap((figures) => figures[index]?.[key] ?? []);
    return values.length === 0 ? [] : [{ name, ...(variant && { variant }), ...summarise(values) }];
  };
  const [ours, ...peers] = contenders.flatMap(figureOf);
  if (ours === undefined) throw new Error(`no contender has measured ${title}`);
  return { name: `${title} ${where}`, unit, less, ours, peers };
}
