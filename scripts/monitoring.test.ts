import { join } from "node:path";
import { allBoardQueries, ruleQueries } from "../packages/monitoring/src/queries.ts";
import { allMetrics } from "./docs/all-metrics.ts";
import { foreignMetrics, isForeign } from "./docs/foreign-metrics.ts";

const root = join(__dirname, "..");
const queries = [...allBoardQueries(), ...ruleQueries(root)];
const ours = new Map(allMetrics().map((metric) => [metric.name, metric]));
/** Metrics of other programs and of recording rules. */
const isForeignOrRecorded = (name: string) => isForeign(name) || /^.+:.+:.+$/.test(name);
/** Labels that Prometheus adds to a target or to a histogram. */
const everywhere = ["namespace", "pod", "job", "instance", "function", "le"];

const find = (name: string) => ours.get(name) ?? ours.get(name.replace(/_(bucket|sum|count)$/, ""));

it("boards and alerts read only metrics defined in the code", () => {
  const unknown = queries.flatMap(({ source, metrics }) =>
    metrics
      .filter((name) => !isForeignOrRecorded(name) && find(name) === undefined)
      .map((name) => `${source}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

it("boards and alerts group by existing labels", () => {
  const unknown = queries.flatMap(({ source, expr, metrics }) => {
    if (metrics.some((name) => isForeignOrRecorded(name))) return [];
    const known = [...everywhere, ...metrics.flatMap((name) => find(name)?.labels ?? [])];
    const grouped = [...expr.matchAll(/\bby \(([^)]+)\)/g)].flatMap(([, labels]) => labels!.split(", "));
    return grouped.filter((label) => !known.includes(label)).map((label) => `${source}: ${label}`);
  });
  expect(unknown).toEqual([]);
});

it("the reference lists once each third-party metric that boards and alerts read", () => {
  const listed = foreignMetrics(root).flatMap(([, , names]) => names!.split(", "));
  const read = new Set(queries.flatMap(({ metrics }) => metrics).filter(isForeign));
  expect(listed.filter((name) => name !== "none").sort()).toEqual(
    [...read].sort().map((name) => `\`${name}\``),
  );
});
