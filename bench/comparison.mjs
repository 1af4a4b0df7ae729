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
 * @property {(load: Load) => Promise<Figures>} [measure]
 * @property {string} [skipped] why it is not measured
 */

/**
 * What a row is about.
 *
 * @typedef {{ key: string, title: string, unit: string, less: boolean }} Metric
 */

/**
 * Gives what measures contenders, the first of them ours, in turns under a load and makes a row of each metric.
 *
 * A round before the first one warms them up, unless `warmUp` says that there is nothing to.
 *
 * @param {Parameters<import("./main.mjs").Bench["run"]>[0] & { warmUp?: boolean }} options
 */
export function comparison({ rounds, log, signal, warmUp = true }) {
  /**
   * @template Load
   * @param {string} where
   * @param {Load} load
   * @param {Contender<Load>[]} contenders
   * @param {Metric[]} metrics
   */
  return async (where, load, contenders, metrics) => {
    const figures = contenders.map(() => /** @type {Figures[]} */ ([]));
    for (let round = warmUp ? 0 : 1; round <= rounds; round++) {
      log(`${metrics[0].title} ${where}, ${round === 0 ? "warms up" : `round ${round} of ${rounds}`}`);
      for (const [index, { measure }] of contenders.entries()) {
        signal.throwIfAborted();
        const measured = await measure?.(load);
        if (measured !== undefined && round > 0) figures[index].push(measured);
      }
    }
    return metrics.map(({ key, title, unit, less }) => {
      // Who lacks a metric that others have is left out of its row.
      const some = contenders.flatMap((contender, index) =>
        figures[index].every((figure) => key in figure) ? [{ contender, figures: figures[index] }] : [],
      );
      const [ours, ...peers] = some.map(({ contender, figures }) => ({
        name: contender.title,
        ...(contender.skipped === undefined
          ? summarise(figures.map((figure) => figure[key]))
          : { skipped: contender.skipped }),
      }));
      return { name: `${title} ${where}`, unit, less, ours, peers };
    });
  };
}
