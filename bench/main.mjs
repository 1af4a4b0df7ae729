// npm run bench: how fast the parts of this project are beside others that do the same.
//
// A benchmark is a module with `run`, listed in command.mjs. `run` gives rows; this file prints them.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { benchCommand, benches } from "./command.mjs";
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
 * @property {(options: { rounds: number, log: (line: string) => void, signal: AbortSignal }) => Promise<Row[]>} run
 */

/** Aborted, with the signal's name, once this process gets one; they may come twice, from npm and the terminal. */
function abortOnSignals(/** @type {NodeJS.Signals[]} */ names) {
  const controller = new AbortController();
  for (const name of names) process.on(name, () => controller.abort(name));
  return controller.signal;
}

/** What the command line asks for; ends the process with a usage error. */
function readOptions() {
  const { only = [], rounds = "5", json: file } = readCommandLine(benchCommand).values;
  const all = Object.keys(benches);
  const unknown = only.find((name) => !all.includes(name));
  const problem =
    unknown !== undefined
      ? `there is no benchmark ${unknown}; there are ${all.join(", ")}`
      : !/^[1-9]\d{0,3}$/.test(rounds)
        ? `--rounds must be a whole number above 0, not "${rounds}"`
        : undefined;
  if (problem !== undefined) exitWithUsageError(benchCommand, new UsageError(problem));
  return {
    names: all.filter((name) => only.length === 0 || only.includes(name)),
    rounds: Number(rounds),
    file,
  };
}

async function main() {
  const { names, rounds, file } = readOptions();
  const rows = [];
  const signal = abortOnSignals(["SIGINT", "SIGTERM"]);
  try {
    for (const name of names) {
      /** @type {Bench} */
      const bench = await import(`./${name}.mjs`);
      const log = (/** @type {string} */ line) => process.stderr.write(`${name}: ${line}\n`);
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
  if (file !== undefined) writeFileSync(file, `${JSON.stringify({ machine, rounds, rows }, null, 2)}\n`);
}

await main();
