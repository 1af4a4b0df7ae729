// npm run bench: how fast the parts of this project are beside others that do the same.
//
//     npm run bench -- [--only NAME]… [--rounds N] [--json FILE] [--help]
//
// A benchmark is a module with `name`, `about` and `run`, listed below. `run` gives rows; this file prints them.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import * as enrich from "./enrich.mjs";
import * as growth from "./growth.mjs";
import * as images from "./images.mjs";
import * as lastBlock from "./last-block.mjs";
import * as memory from "./memory.mjs";
import * as nifi from "./nifi.mjs";
import * as overhead from "./overhead.mjs";
import * as sentiment from "./sentiment.mjs";
import * as sizes from "./sizes.mjs";
import * as startUp from "./start-up.mjs";
import { tableOf } from "./table.mjs";

/**
 * One line of the table: what is measured of ours against one or more others.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {string} unit what the figures count; more is better, unless `less` is set
 * @property {boolean} [less] whether less is better
 * @property {Figure} ours
 * @property {Figure[]} peers
 */

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} [value] the median of the rounds; missing if it was skipped
 * @property {number} [spread] half the distance between the least and the greatest round, as a part of the median
 * @property {string} [skipped] why there is no value
 */

/**
 * A benchmark. `rounds` is how many times each contender is measured, in turns; `log` takes a line on how far it is;
 * `signal` ends it early. It leaves nothing running.
 *
 * @typedef {object} Bench
 * @property {string} name what `--only` takes
 * @property {string} about
 * @property {(options: { rounds: number, log: (line: string) => void, signal: AbortSignal }) => Promise<Row[]>} run
 */

/** @type {Bench[]} */
const benches = [sentiment, overhead, lastBlock, enrich, nifi, images, startUp, sizes, memory, growth];

const usage = `npm run bench -- [--only NAME]… [--rounds N] [--json FILE]

  --only NAME   run this benchmark (may be given several times); without it all are run
  --rounds N    measure each contender N times, in turns (default 5)
  --json FILE   write the rows to a file as well
  --help        say this

${benches.map(({ name, about }) => `  ${name.padEnd(12)}  ${about}`).join("\n")}
`;

/** Aborted, with the signal's name, once this process gets one; they may come twice, from npm and the terminal. */
function abortOnSignals(/** @type {NodeJS.Signals[]} */ names) {
  const controller = new AbortController();
  for (const name of names) process.on(name, () => controller.abort(name));
  return controller.signal;
}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      rounds: { type: "string", default: "5" },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const unknown = values.only?.filter((name) => !benches.some((bench) => bench.name === name)) ?? [];
  const rounds = Number(values.rounds);
  if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write(
      unknown.length > 0 ? `There is no benchmark ${unknown.join(", ")}.\n\n${usage}` : usage,
    );
    process.exitCode = 2;
    return;
  }

  const rows = [];
  const signal = abortOnSignals(["SIGINT", "SIGTERM"]);
  try {
    for (const bench of benches) {
      if (values.only !== undefined && !values.only.includes(bench.name)) continue;
      const log = (/** @type {string} */ line) => process.stderr.write(`${bench.name}: ${line}\n`);
      rows.push(...(await bench.run({ rounds, log, signal })));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    process.removeAllListeners(signal.reason);
    process.kill(process.pid, signal.reason);
    return;
  }
  const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
  process.stdout.write(`${tableOf(rows)}\n\n${machine}, ${rounds} rounds\n`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine, rounds, rows }, null, 2)}\n`);
}

await main();
