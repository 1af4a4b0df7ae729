import { root } from "../install.mjs";
import { loadModule } from "./load-module.mjs";

/**
 * @typedef {import("./all-metrics.ts").DescribedMetric} DescribedMetric
 * @typedef {typeof import("../../packages/shared/src/config/settings-table.ts")} TableModule
 */

const units = ["seconds", "bytes", "ratio", "messages", "items"];

/** Generates the page with all metrics. */
export async function metricsPage() {
  const { allMetrics, foreignMetrics, markdownTable } = await loadModule([
    `export { allMetrics } from "./scripts/docs/all-metrics.ts";`,
    `export { foreignMetrics } from "./scripts/docs/foreign-metrics.ts";`,
    `export { markdownTable } from "./packages/shared/src/config/settings-table.ts";`,
  ]);
  const rows = allMetrics().map(
    (/** @type {DescribedMetric} */ { name, type, labels, meaning, programs }) => [
      `\`${name}\``,
      type,
      readUnit(name),
      labels.map((label) => `\`${label}\``).join(", "),
      meaning,
      programs.join(", "),
    ],
  );
  return `# Metrics

Which metrics do the functions and services of this repository have? This page lists each metric with its type, unit, labels and programs;
\`npm run docs\` generates it from the code. Metrics of Kafka, Elasticsearch, Geth and NiFi are [at the end](#metrics-of-other-programs). [Scrape metrics](../how-to/scrape-metrics.md) has the addresses.

- All series of a function have the label \`function\`: its deployed name (\`OPENFAAS_NAME\`), else its own name.
- A histogram has the series \`_bucket\` (label \`le\`), \`_sum\` and \`_count\`.
- Process metrics begin with the first scrape: \`nodejs_gc_duration_seconds\` and \`nodejs_eventloop_lag_*\` have values from
  the second scrape on.

${markdownTable([["metric", "type", "unit", "labels", "meaning", "programs"], ...rows])}

## Metrics of other programs

[Monitor the platform](../how-to/monitor-the-platform.md) turns them on. The last column has the metrics that the boards and alerts read; each program has many more.

${markdownTable([["program", "served by", "read by boards and alerts"], ...foreignMetrics(root)])}
`;
}

/** The unit in the name of a metric; a dash for a plain number. @param {string} name */
function readUnit(name) {
  const words = name.replace(/_total$/, "").split("_");
  return units.find((unit) => words.at(-1) === unit) ?? "–";
}
