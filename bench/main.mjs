// npm run bench: compares the performance of the parts of this project with peers.
//
// A benchmark is a module with `run`, listed in command.mjs. `run` yields rows; this file prints, stores and compares them.

import { constants, cpus } from "node:os";
import { abortOnSignals } from "./abort.mjs";
import { benches } from "./command.mjs";
import { compareReport, describeFallenRows } from "./compare-report.mjs";
import { compareRuns } from "./compare-runs.mjs";
import { readOptions } from "./options.mjs";
import { writeResults } from "./results.mjs";
import { rowLines, rowTableHead } from "./row-table.mjs";
import { runBenches } from "./run-benches.mjs";

const { names, rounds, json, earlier } = readOptions();
const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
/** @type {import("./results.mjs").Results} */
const results = { machine, rounds, rows: [] };
const print = (/** @type {string} */ text) => void process.stdout.write(`${text}\n`);
const note = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`);
const signal = abortOnSignals(["SIGINT", "SIGTERM"]);

print(rowTableHead);
await runBenches({
  benches: names.map((name) => ({
    name,
    duration: benches[name].duration,
    load: () => import(`./${name}.mjs`),
  })),
  rounds,
  signal,
  note,
  onRow(row) {
    results.rows.push(row);
    print(rowLines(row));
    if (json !== undefined) writeResults(json, results);
  },
});
print(`\n${machine}, ${rounds} rounds`);
const changes = earlier && compareRuns(earlier.results, results);
if (changes) print(`\n${compareReport(earlier.file, changes)}`);
if (signal.aborted) {
  const savedTo = json === undefined || results.rows.length === 0 ? "" : ` and in ${json}`;
  note(`Ended by ${signal.reason}: ${results.rows.length} rows are measured${savedTo}.`);
  process.exit(128 + constants.signals[/** @type {NodeJS.Signals} */ (signal.reason)]);
}
if (changes?.fallen.length) {
  note(describeFallenRows(changes.fallen));
  process.exitCode = 1;
}
