import { summarise } from "./summarise.mjs";

/**
 * @typedef {import("./results.mjs").Row} Row
 * @typedef {import("./results.mjs").Results} Results
 */

/**
 * The comparison of a row in two runs. With a common peer, `earlier` and `now` are ratios to it (more is better), else our
 * own values.
 *
 * @typedef {object} Change
 * @property {string} name
 * @property {string} unit of our own values
 * @property {string} [peer] the common peer
 * @property {Side} earlier
 * @property {Side} now
 * @property {number} ratio now to earlier, more is better
 * @property {boolean} fell by more than the spreads of both runs
 * @property {string} [unjudged] the reason why `fell` is unknown
 */

/** @typedef {{ value: number, spread?: number }} Side */

/** Smaller falls are ignored, because figures without a spread, such as sizes, would fail for a single byte. */
const minFall = 0.01;

/**
 * Compares the rows of both runs, and lists the others.
 *
 * The rounds of a row measure ours and its peers in turns. So the ratio of each round has less noise than the quotient of
 * two medians, and is comparable between machines.
 *
 * @param {Results} earlier
 * @param {Results} now
 */
export function compareRuns(earlier, now) {
  const [before, after] = [measuredRows(earlier), measuredRows(now)];
  const sameMachine = earlier.machine === now.machine;
  const ran = new Set([...after.values()].map(({ bench }) => bench));
  const missing = [...before.values()].filter(({ name }) => !after.has(name));
  const changes = [...after.values()].flatMap((row) => {
    const old = before.get(row.name);
    return old === undefined ? [] : [compareRow(old, row, sameMachine)];
  });
  return {
    changes,
    fallen: changes.filter(({ fell }) => fell),
    onlyEarlier: missing.filter(({ bench }) => ran.has(bench)),
    onlyNow: [...after.values()].filter(({ name }) => !before.has(name)),
    /** The benchmarks that only the earlier run has. */
    benchesNotRun: [...new Set(missing.map(({ bench }) => bench))].filter((bench) => !ran.has(bench)),
  };
}

function measuredRows(/** @type {Results} */ { rows }) {
  return new Map(rows.filter(({ ours }) => ours.value !== undefined).map((row) => [row.name, row]));
}

/** @returns {Change} */
function compareRow(
  /** @type {Row} */ earlierRow,
  /** @type {Row} */ row,
  /** @type {boolean} */ sameMachine,
) {
  const peer = commonPeer(earlierRow, row);
  const [earlier, now] = [toSide(earlierRow, peer), toSide(row, peer)];
  const lessIsBetter = peer === undefined && row.less;
  const ratio = lessIsBetter ? earlier.value / now.value : now.value / earlier.value;
  const change = { name: row.name, unit: row.unit, ...(peer && { peer }), earlier, now, ratio };
  if (peer === undefined && !sameMachine) return { ...change, fell: false, unjudged: "other machine" };
  if (earlier.spread === undefined || now.spread === undefined) {
    return { ...change, fell: false, unjudged: "one round" };
  }
  if (!Number.isFinite(ratio)) return { ...change, fell: false, unjudged: "no ratio" };
  return { ...change, fell: 1 - ratio > Math.max(earlier.spread + now.spread, minFall) };
}

/** The first peer that both rows have measured and that is not a variant of ours. */
function commonPeer(/** @type {Row} */ earlier, /** @type {Row} */ now) {
  const measured = (/** @type {Row} */ { peers }) =>
    peers.filter(({ value, variant }) => value !== undefined && !variant).map(({ name }) => name);
  const known = new Set(measured(earlier));
  return measured(now).find((name) => known.has(name));
}

/** @returns {Side} */
function toSide(/** @type {Row} */ { ours, peers, less }, /** @type {string | undefined} */ peer) {
  const own = ours.values ?? [];
  if (peer === undefined) return summarise(own);
  const peerValues = peers.find(({ name }) => name === peer)?.values ?? [];
  return summarise(
    own.map((value, round) => {
      const peerValue = peerValues[round] ?? Number.NaN;
      return less ? peerValue / value : value / peerValue;
    }),
  );
}
