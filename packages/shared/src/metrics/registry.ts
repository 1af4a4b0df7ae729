/// <reference path="./prom-client-internals.d.ts" />
import type { Registry } from "prom-client";
import PromRegistry from "prom-client/lib/registry.js";
import { buildInfo } from "../build-info.ts";
import { Gauge } from "./instruments.ts";
import { addProcessMetrics } from "./process-metrics.ts";

export type { Registry };

/**
 * Creates a registry for the metrics of a program, with its build info.
 * @param name the name of the service or function in logs
 */
export function createRegistry(name: string): Registry {
  const registry = new PromRegistry();
  new Gauge({
    name: "platform_build_info",
    help: "1, with the program's build as labels.",
    labelNames: ["name", "version", "commit", "node_version"],
    registers: [registry],
  }).set({ name, ...buildInfo, node_version: process.versions.node }, 1);
  return registry;
}

/**
 * The text of all metrics for Prometheus. Process metrics begin with the first scrape, so they cost nothing without
 * scrapes.
 */
export function scrape(registry: Registry): Promise<string> {
  addProcessMetrics(registry);
  return registry.metrics();
}
