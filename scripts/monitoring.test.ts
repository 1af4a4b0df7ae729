import { join } from "node:path";
import { allBoardQueries, ruleQueries } from "../packages/monitoring/src/queries.ts";
import { allMetrics } from "./docs/all-metrics.ts";

const root = join(__dirname, "..");
const queries = [...allBoardQueries(), ...ruleQueries(root)];
const ours = new Map(allMetrics().map((metric) => [metric.name, metric]));
/** Metrics of Prometheus, the JMX exporter, the exporter of Elasticsearch, Geth, kubelets and cert-manager, and recording rules. */
const ofOthers =
  /^(up|ALERTS|kafka_(?!connector_).+|jvm_.+|elasticsearch_.+|chain_.+|p2p_.+|txpool_.+|rpc_.+|system_.+|kubelet_.+|certmanager_.+|.+:.+:.+)$/;
/** Prometheus gives them to a target or to a histogram. */
const everywhere = ["namespace", "pod", "job", "instance", "function", "le"];

const find = (name: string) => ours.get(name) ?? ours.get(name.replace(/_(bucket|sum|count)$/, ""));

it("boards and alerts read metrics that the code has", () => {
  const unknown = queries.flatMap(({ source, metrics }) =>
    metrics
      .filter((name) => !ofOthers.test(name) && find(name) === undefined)
      .map((name) => `${source}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

it("boards and alerts group by labels that the metrics have", () => {
  const unknown = queries.flatMap(({ source, expr, metrics }) => {
    if (metrics.some((name) => ofOthers.test(name))) return [];
    const known = [...everywhere, ...metrics.flatMap((name) => find(name)?.labels ?? [])];
    const grouped = [...expr.matchAll(/\bby \(([^)]+)\)/g)].flatMap(([, labels]) => labels!.split(", "));
    return grouped.filter((label) => !known.includes(label)).map((label) => `${source}: ${label}`);
  });
  expect(unknown).toEqual([]);
});
