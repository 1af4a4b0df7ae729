// npm run bench: how fast the parts of this project are beside others that do the same.
//
//     npm run bench -- [--only NAME]… [--rounds N] [--json FILE] [--help]
//
// A benchmark is a module with `name`, `about` and `run`, listed below. `run` gives rows; this file prints them.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import * as enrich from "./enrich.mjs";
import * as images from "./images.mjs";
import * as lastBlock from "./last-block.mjs";
import * as nifi from "./nifi.mjs";
import * as sentiment from "./sentiment.mjs";

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
const benches = [sentiment, lastBlock, enrich, nifi, images];

const usage = `npm run bench -- [--only NAME]… [--rounds N] [--json FILE]

  --only NAME   run this benchmark (may be given several times); without it all are run
  --rounds N    measure each contender N times, in turns (default 5)
  --json FILE   write the rows to a file as well
  --help        say this

${benches.map(({ name, about }) => `  ${name.padEnd(12)}  ${about}`).join("\n")}
`;

const number = (/** @type {number | undefined} */ value) =>
  value === undefined
    ? ""
    : value.toLocaleString("en", { maximumSignificantDigits: 4, maximumFractionDigits: 1 });
const percent = (/** @type {number | undefined} */ part) =>
  part === undefined ? "" : `±${(part * 100).toFixed(1)} %`;

/** The rows as lines of a table: one for each peer. */
function table(/** @type {Row[]} */ rows) {
  const head = ["name", "ours", "peer", "theirs", "ratio", "spread (ours, theirs)"];
  const lines = rows.flatMap((row) =>
    row.peers.map((peer, index) => {
      const ratio =
        peer.value === undefined || row.ours.value === undefined
          ? (peer.skipped ?? row.ours.skipped ?? "")
          : `${number(row.less ? peer.value / row.ours.value : row.ours.value / peer.value)} ×`;
      const first = index === 0 ? [row.name, `${number(row.ours.value)} ${row.unit}`] : ["", ""];
      return [
        ...first,
        peer.name,
        number(peer.value),
        ratio,
        `${percent(row.ours.spread)} ${percent(peer.spread)}`,
      ];
    }),
  );
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column].length)),
  );
  const print = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => (column === 3 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(" | ")} |`;
  return [
    print(head),
    `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`,
    ...lines.map(print),
  ].join("\n");
}

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
  process.stdout.write(`${table(rows)}\n\n${machine}, ${rounds} rounds\n`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine, rounds, rows }, null, 2)}\n`);
}

await main();
