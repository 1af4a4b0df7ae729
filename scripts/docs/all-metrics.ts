import { addMetrics as addLastBlockMetrics } from "../../functions/last-block/src/metrics.ts";
import { addMetrics as addSentimentMetrics } from "../../functions/sentiment/src/metrics.ts";
import { addMetrics as addTweetEnrichMetrics } from "../../functions/tweet-enrich/src/metrics.ts";
import { createRegistrarMetrics } from "../../packages/bootnode-registrar/src/registrar-metrics.ts";
import { createMetrics as createEthstatsMetrics } from "../../packages/ethstats/src/metrics.ts";
import { Network } from "../../packages/ethstats/src/network.ts";
import { createFeedMetrics } from "../../packages/feeds/src/metrics.ts";
import { CallCounts } from "../../packages/gateway/src/http/call-counts.ts";
import { FunctionCatalog } from "../../packages/gateway/src/http/function-catalog.ts";
import { createMetrics as createGatewayMetrics } from "../../packages/gateway/src/http/metrics.ts";
import { createConnectorMetrics } from "../../packages/kafka-connector/src/metrics.ts";
import { createPeersMetrics } from "../../packages/proof-of-stake/src/peers-metrics.ts";
import {
  createFunctionRegistry,
  FunctionMetrics,
} from "../../packages/shared/src/function/function-metrics.ts";
import { addProcessMetrics } from "../../packages/shared/src/metrics/process-metrics.ts";
import { createRegistry, type Registry } from "../../packages/shared/src/metrics/registry.ts";

/** A metric defined in the code. */
export interface DescribedMetric {
  name: string;
  type: "counter" | "gauge" | "histogram";
  labels: readonly string[];
  meaning: string;
  /** The programs with this metric. */
  programs: readonly string[];
}

/** Pseudo-programs for metrics that all programs or all functions have. */
const everyProgram = "every program";
const everyFunction = "every function";

/** Returns the registry of each program, by the program's name in logs. */
function registries(): ReadonlyMap<string, Registry> {
  const functionRegistries = {
    "last-block": addLastBlockMetrics,
    sentiment: addSentimentMetrics,
    "tweet-enrich": addTweetEnrichMetrics,
  };
  const all = createRegistry(everyProgram);
  addProcessMetrics(all);
  const base = createFunctionRegistry(everyFunction);
  new FunctionMetrics(base, () => undefined);
  const network = new Network({ maxNodes: 1, forgetAfter: 1, now: () => new Date() });
  return new Map([
    [everyProgram, all],
    [everyFunction, base],
    ...Object.entries(functionRegistries).map(([name, addMetrics]) => {
      const registry = createFunctionRegistry(name);
      addMetrics(registry);
      return [name, registry] as const;
    }),
    [
      "gateway",
      createGatewayMetrics(new FunctionCatalog("functions", []), new CallCounts(), () => 0).registry,
    ],
    ["kafka-connector", createConnectorMetrics(() => ({ size: 0, undecodable: [] })).registry],
    ["feeds", createFeedMetrics(() => undefined).registry],
    ["ethstats", createEthstatsMetrics(network).registry],
    ["bootnode-registrar", createRegistrarMetrics(() => 0).registry],
    ["bootnode-server", createRegistry("bootnode-server")],
    ["peers", createPeersMetrics(() => 0).registry],
  ]);
}

/** Returns the names (as in logs) of programs with metrics. */
export function programsWithMetrics(): string[] {
  return [...registries().keys()];
}

/** Returns all metrics, sorted by name. */
export function allMetrics(): DescribedMetric[] {
  const metrics = new Map<string, DescribedMetric>();
  for (const [program, registry] of registries()) {
    for (const metric of registry.getMetricsAsArray()) {
      const { name, help, type, labelNames } = metric as unknown as PromMetric;
      const known = metrics.get(name);
      if (known?.programs.includes(everyProgram)) continue;
      const programs = [...(known?.programs ?? []), program];
      metrics.set(name, { name, type, labels: labelNames, meaning: help, programs });
    }
  }
  return [...metrics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A metric of prom-client, whose types lack the labels. */
interface PromMetric {
  name: string;
  help: string;
  type: DescribedMetric["type"];
  labelNames: readonly string[];
}
