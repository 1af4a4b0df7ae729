import type { Registry } from "prom-client";
import Gauge from "prom-client/lib/gauge.js";
import PromRegistry from "prom-client/lib/registry.js";
import { buildInfo } from "../build-info.ts";
import { processMetrics } from "./process-metrics.ts";

export type { Registry };

/**
 * A registry for the metrics of a program, with its build and, once startProcessMetrics was called, those of its process.
 * @param name of the service or function, as its log has it
 */
export function createRegistry(name: string): Registry {
  const registry = new PromRegistry();
  for (const metric of processMetrics()) registry.registerMetric(metric);
  new Gauge({
    name: "platform_build_info",
    help: "1, with what the program was built from as labels.",
    labelNames: ["name", "version", "commit", "node_version"],
    registers: [registry],
  }).set({ name, ...buildInfo, node_version: process.versions.node }, 1);
  return registry;
}
