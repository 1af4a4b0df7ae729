import type { Registry } from "prom-client";
import PromRegistry from "prom-client/lib/registry.js";
import { buildInfo } from "../build-info.ts";
import { Gauge } from "./instruments.ts";
import { addProcessMetrics } from "./process-metrics.ts";

export type { Registry };

/**
 * A registry for the metrics of a program, with its build.
 * @param name of the service or function, as its log has it
 */
export function createRegistry(name: string): Registry {
  const registry = new PromRegistry();
  new Gauge({
    name: "platform_build_info",
    help: "1, with what the program was built from as labels.",
    labelNames: ["name", "version", "commit", "node_version"],
    registers: [registry],
  }).set({ name, ...buildInfo, node_version: process.versions.node }, 1);
  return registry;
}

/**
 * The text of all metrics for Prometheus. The process is measured from the first scrape on: where nobody scrapes, it costs
 * nothing, and the counters of later scrapes have the same rates.
 */
export function scrape(registry: Registry): Promise<string> {
  addProcessMetrics(registry);
  return registry.metrics();
}
