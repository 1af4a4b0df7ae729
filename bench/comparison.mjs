import { setImmediate as nextTurn } from "node:timers/promises";
import { failedByAbort } from "./abort.mjs";
import { summarise } from "./summarise.mjs";

/**
 * One measurement, by the keys of the metrics.
 *
 * @typedef {Readonly<Record<string, number>>} Figures
 */

/**
 * @template Load
 * @typedef {object} Contender
 * @property {string} title
 * @property {boolean} [variant] whether it is a variant of ours rather than a peer
 * @property {(load: Load) => Promise<Figures>} [measure]
 * @property {string} [skipped] the reason for skipping it
 */

/**
 * The metric of a row.
 *
 * @typedef {{ key: string, title: string, unit: string, less: boolean }} Metric
 */

/**
 * Returns a function that measures contenders (the first is ours) in turns under a load, and creates a row per metric.
 *
 * An additional first round warms them up, unless `warmUp` is false. After an abort, the rows contain the rounds that all
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
          await nextTurn(); // a measurement without awaits would block signals
          signal.throwIfAborted();
          measured.push(await measure?.(load));
        }
        if (round > 0) finished.push(measured);
      }
    } catch (error) {
      if (finished.length === 0 || !(await failedByAbort(signal))) throw error;
    }
    return metrics.map((metric) => toRow(where, metric, contenders, finished));
  };
}

/**
 * @param {string} where
 * @param {Metric} metric
 * @param {readonly Contender<never>[]} contenders
 * @param {readonly (readonly (Figures | undefined)[])[]} finished rounds
 * @returns {import("./results.mjs").Row}
 */
function toRow(where, { key, title, unit, less }, contenders, finished) {
  /** @returns {import("./results.mjs").Figure[]} empty for a contender without this metric */
  const toFigure = (
    /** @type {Contender<never>} */ { title: name, variant, skipped },
    /** @type {number} */ index,
  ) => {
    if (skipped !== undefined) return [{ name, skipped }];
    const values = finished.flatMap((figures) => figures[index]?.[key] ?? []);
    return values.length === 0 ? [] : [{ name, ...(variant && { variant }), ...summarise(values) }];
  };
  const [ours, ...peers] = contenders.flatMap(toFigure);
  if (ours === undefined) throw new Error(`no contender has measured ${title}`);
  return { name: `${title} ${where}`, unit, less, ours, peers };
}
