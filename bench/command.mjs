import { durationText, estimatedSeconds } from "./estimate.mjs";

/**
 * A benchmark by its name, which is that of its module.
 *
 * @typedef {object} BenchSummary
 * @property {string} measures
 * @property {import("./estimate.mjs").Duration} duration
 */

/** @satisfies {Readonly<Record<string, BenchSummary>>} */
export const benches = {
  sentiment: {
    measures: "texts of 100 to 280 characters a second of processor time, one thread",
    duration: { start: 40, round: 25 },
  },
  overhead: {
    measures: "each function, beside a handler with a constant",
    duration: { start: 35, round: 22 },
  },
  traces: {
    measures: "a function with traces off, beside one built without traces; and with traces on",
    duration: { start: 12, round: 6 },
  },
  "last-block": {
    measures: "the latest block by the function, beside asking Geth directly",
    duration: { start: 60, round: 24 },
  },
  enrich: {
    measures: "tweets from the topic to the index, beside a client that only indexes",
    duration: { start: 100, round: 50 },
  },
  nifi: {
    measures: "tweets to the index, by the kafka-connector and by NiFi's flows",
    duration: { start: 180, round: 60 },
  },
  images: {
    measures: "size and cold start of the functions' images",
    duration: { start: 90, round: 12 },
  },
  "start-up": {
    measures: "loading the functions' bundles, and the time to the first answer",
    duration: { start: 8, round: 4 },
  },
  sizes: {
    measures: "the functions' bundles, beside an installation of their packages",
    duration: { start: 10, round: 0 },
  },
  memory: {
    measures: "the functions' memory after 100,000 requests",
    duration: { start: 5, round: 90 },
  },
  growth: {
    measures: "how the time grows with texts, batches and runs of blocks",
    duration: { start: 90, round: 80 },
  },
};

const usualRounds = 5;

/** @returns {[term: string, explanation: string]} */
function rowOf(/** @type {[name: string, bench: BenchSummary]} */ [name, { measures, duration }]) {
  return [name, `${measures} (${durationText(estimatedSeconds(duration, usualRounds))})`];
}

/** The command `npm run bench`, as data: scripts/bench.mjs prints its help before anything is installed. */
export const benchCommand = /** @type {const} */ ({
  name: "npm run bench",
  summary: `Measures the parts of this project beside others that do the same, in one run. Prints each row of the table
when it is measured. Ctrl-C keeps what is measured.`,
  options: {
    only: {
      type: "string",
      value: "NAME",
      multiple: true,
      description: "run this benchmark; may be repeated",
      fallback: "all",
    },
    rounds: {
      type: "string",
      value: "N",
      description: "how often each contender is measured, in turns",
      fallback: String(usualRounds),
    },
    json: {
      type: "string",
      value: "FILE",
      description: "write the rows to this file as well, after each row",
    },
    compare: {
      type: "string",
      value: "FILE",
      description: "compare the rows with those of an earlier --json FILE; exit code 1 if a row fell",
    },
  },
  sections: [
    {
      heading: `Benchmarks, with their time for ${usualRounds} rounds on two cores`,
      rows: Object.entries(benches).map(rowOf),
    },
    {
      heading: "Comparison with an earlier run",
      text: `A row's figure is the ratio of ours to its first peer that is not a variant of ours, by rounds, so that runs on
different machines compare. A row without such a peer has its own figure, which counts on the same machine only. A row fell
if its figure fell by more than the spreads of both runs together, and by more than 1 %. Use
--rounds 7 or more for both runs, and repeat them before you believe a fall. One round has no spread, so it is not judged.`,
    },
  ],
  exitCodes: {
    1: "failure, or a row fell (--compare); the last line says why",
    130: "ended by Ctrl-C",
  },
});
