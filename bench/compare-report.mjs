import { alignedTable, number, percent } from "./table.mjs";

/**
 * Returns the output of `--compare`: a line for each row of both runs, and the names of the other rows.
 *
 * @param {string} file of the earlier run
 * @param {ReturnType<typeof import("./compare-runs.mjs").compareRuns>} comparison
 */
export function compareReport(file, { changes, onlyEarlier, onlyNow, benchesNotRun }) {
  const columns = [
    { title: "name" },
    { title: "ratio to" },
    { title: "earlier", right: true },
    { title: "now", right: true },
    { title: "now/earlier", right: true },
    { title: "spread (earlier, now)" },
    { title: "" },
  ];
  return [
    alignedTable(columns, changes.map(toCells)),
    ...listNames(`Only in ${file}`, onlyEarlier),
    ...listNames("Only in this run", onlyNow),
    ...(benchesNotRun.length === 0 ? [] : [`Only in ${file}, all rows of: ${benchesNotRun.join(", ")}`]),
  ].join("\n\n");
}

/** Returns the message for rows that fell. @param {readonly import("./compare-runs.mjs").Change[]} fallen */
export function describeFallenRows(fallen) {
  const rows = fallen.length === 1 ? "1 row" : `${fallen.length} rows`;
  return `${rows} fell by more than the spread of both runs: ${fallen.map(({ name }) => name).join("; ")}`;
}

function toCells(/** @type {import("./compare-runs.mjs").Change} */ change) {
  const { name, unit, peer, earlier, now, ratio, fell, unjudged } = change;
  const figure = (/** @type {number} */ value) => `${number(value)} ${peer === undefined ? unit : "×"}`;
  return [
    name,
    peer ?? "(no peer)",
    figure(earlier.value),
    figure(now.value),
    ratio.toFixed(3),
    `${percent(earlier.spread)} ${percent(now.spread)}`,
    fell ? "fell" : unjudged === undefined ? "" : `not judged: ${unjudged}`,
  ];
}

/** @param {string} heading @param {readonly { name: string }[]} rows */
function listNames(heading, rows) {
  return rows.length === 0 ? [] : [`${heading}:\n${rows.map(({ name }) => `- ${name}`).join("\n")}`];
}
