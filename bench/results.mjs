import { readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * One measurement of ours against one or more peers.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {string} unit the unit of the figures; more is better, unless `less` is set
 * @property {boolean} [less] whether less is better
 * @property {Figure} ours
 * @property {Figure[]} peers
 */

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {boolean} [variant] whether this is a variant of ours rather than a peer
 * @property {number} [value] the median of the rounds; undefined if it was skipped
 * @property {number} [spread] half the distance between the smallest and the largest round, relative to the median
 * @property {number[]} [values] by round
 * @property {string} [skipped] the reason for a missing value
 */

/**
 * The results of one run, as `--json` writes them.
 *
 * @typedef {object} Results
 * @property {string} machine Node.js and processor
 * @property {number} rounds
 * @property {(Row & { bench: string })[]} rows
 */

/**
 * Replaces the file atomically.
 *
 * @param {string} file
 * @param {Results} results
 */
export function writeResults(file, results) {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(draft, file);
}

/**
 * @param {string} file
 * @returns {Results}
 * @throws Error when the file has no results, or lacks the values of the rounds
 */
export function readResults(file) {
  const results = parse(readFileSync(file, "utf8"));
  if (!Array.isArray(results?.rows) || typeof results.machine !== "string") {
    throw new Error(`${file} is not a file of npm run bench -- --json`);
  }
  if (!results.rows.every(hasRounds)) {
    throw new Error(`${file} has rows without the values of each round; measure again with this version`);
  }
  return results;
}

function hasRounds(/** @type {Row} */ { ours, peers }) {
  return [ours, ...peers].every(({ values, skipped }) => Array.isArray(values) || skipped !== undefined);
}

/** @returns {any} */
function parse(/** @type {string} */ text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
