import { durationText, estimatedSeconds } from "./estimate.mjs";

/**
 * The summary of a benchmark. Its name is the name of its module.
 *
 * @typedef {object} BenchSummary
 * @property {string} measures
 * @property {import("./estimate.mjs").Duration} duration
 */

/** @satisfies {Readonly<Record<string, BenchSummary>>} */
export const benches = {
  sentiment: {
    measures: "texts of 100 to 280 characters per second of processor time, one thread",
    duration: { start: 40, round: 25 },
  },
  overhead: {
    measures: "each function, compared with a handler that returns a constant",
    duration: { start: 35, round: 22 },
  },
  traces: {
    measures: "a function with traces off, compared with a build without traces; and with traces on",
    duration: { start: 12, round: 6 },
  },
  "last-block": {
    measures: "the latest block from the function, compared with calls to Geth",
    duration: { start: 60, round: 24 },
  },
  enrich: {
    measures: "tweets from the topic to the index, compared with a client that only indexes",
    duration: { start: 100, round: 50 },
  },
  scaling: {
    measures: "tweets from the topic to the index, by number of partitions and connectors",
    duration: { start: 60, round: 60 },
  },
  peers: {
    measures: "tweets to the index, by the kafka-connector, a script, Bento and NiFi's flows",
    duration: { start: 180, round: 60 },
  },
  images: {
    measures: "size and cold start of the images of functions",
    duration: { start: 90, round: 12 },
  },
  "start-up": {
    measures: "loading the bundles of functions, and the time to the first answer",
    duration: { start: 8, round: 4 },
  },
  sizes: {
    measures: "size of the bundles of functions, compared with an installation of their packages",
    duration: { start: 10, round: 0 },
  },
  memory: {
    measures: "memory of the functions after 100,000 requests",
    duration: { start: 5, round: 90 },
  },
  growth: {
    measures: "growth of the time with the size of texts, batches and runs of blocks",
    duration: { start: 90, round: 80 },
  },
};

const defaultRounds = 5;

/** @returns {[term: string, explanation: string]} */
function toRow(/** @type {[name: string, bench: BenchSummary]} */ [name, { measures, duration }]) {
  return [name, `${measures} (${durationText(estimatedSeconds(duration, defaultRounds))})`];
}

/** The command `npm run bench`, as data, so that scripts/bench.mjs can print its help before the installation. */
export const benchCommand = /** @type {const} */ ({
  name: "npm run bench",
  summary: `Measures the parts of this project and their peers in one run. Prints each row of the table
when it is measured. Ctrl-C keeps the measured rows.`,
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
      description: "number of measurements of each contender, in turns",
      fallback: String(defaultRounds),
    },
    json: {
      type: "string",
      value: "FILE",
      description: "also write the rows to this file, after each row",
    },
    compare: {
      type: "string",
      value: "FILE",
      description: "compare the rows with those of an earlier --json FILE; exit code 1 if a row fell",
    },
  },
  sections: [
    {
      heading: `Benchmarks, with their time for ${defaultRounds} rounds on two cores`,
      rows: Object.entries(benches).map(toRow),
    },
    {
      heading: "Comparison with an earlier run",
      text: `The figure of a row is the ratio of ours to the first peer that is not a variant of ours, by rounds, so runs on
different machines are comparable. A row without such a peer has an absolute figure, which counts only on the same machine.
A row fell if its figure fell by more than the sum of the spreads of both runs, and by more than 1 %. Use
--rounds 7 or more for both runs, and repeat them to confirm a fall. A single round has no spread, so it is not judged.`,
    },
  ],
  exitCodes: {
    1: "failure, or a row fell (--compare); see the last line",
    130: "ended by Ctrl-C",
  },
});
