/// <reference path="./prom-client-internals.d.ts" />
import type { Metric, Registry } from "prom-client";
import measureHeap from "prom-client/lib/metrics/heapSizeAndUsed.js";
import measureMemory from "prom-client/lib/metrics/osMemoryHeap.js";
import countHandles from "prom-client/lib/metrics/processHandles.js";
import countFileDescriptors from "prom-client/lib/metrics/processOpenFileDescriptors.js";
import countResources from "prom-client/lib/metrics/processResources.js";
import readStartTime from "prom-client/lib/metrics/processStartTime.js";
import PromRegistry from "prom-client/lib/registry.js";
import { measureEventLoopLag } from "./event-loop-lag.ts";
import { measureGarbageCollection } from "./garbage-collection.ts";
import { Counter } from "./instruments.ts";

/** Gauges of prom-client whose names end like counters. */
const omitted = ["nodejs_active_handles_total", "nodejs_active_resources_total"];

interface Running {
  metrics: readonly Metric[];
  stop(): void;
}

let running: Running | undefined;

/**
 * Adds the metrics of this process to a registry: event loop, garbage collection, heap, memory, processor time, open handles
 * and files. The first call starts the measurements, which do not keep the process alive.
 */
export function addProcessMetrics(registry: Registry): void {
  running ??= start();
  for (const metric of running.metrics) registry.registerMetric(metric);
}

/** Ends the measurements, because test files share a process. */
export function stopProcessMetrics(): void {
  running?.stop();
  running = undefined;
}

function start(): Running {
  const registry = new PromRegistry();
  const stops = [measureEventLoopLag(registry), measureGarbageCollection(registry)];
  measureHeap(registry);
  measureMemory(registry);
  countHandles(registry);
  countResources(registry);
  countFileDescriptors(registry);
  readStartTime(registry);
  countProcessorTime(registry);
  for (const name of omitted) registry.removeSingleMetric(name);
  return {
    metrics: registry.getMetricsAsArray() as unknown as Metric[], // their true type
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** prom-client's own counter imports OpenTelemetry's API. */
function countProcessorTime(registry: Registry): void {
  new Counter({
    name: "process_cpu_seconds_total",
    help: "Processor time of the process, user and system.",
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1_000_000);
    },
  });
}
