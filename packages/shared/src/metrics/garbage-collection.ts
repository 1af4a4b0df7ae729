import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import type { Registry } from "prom-client";
import { Histogram } from "./instruments.ts";

const kinds = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, "major"],
  [constants.NODE_PERFORMANCE_GC_MINOR, "minor"],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, "incremental"],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, "weakcb"],
]);

/**
 * Adds the duration of garbage collections under prom-client's name. prom-client's own collector cannot be stopped, and drops
 * all entries of a report except the first.
 * @returns a function that ends the observation
 */
export function measureGarbageCollection(registry: Registry): () => void {
  const duration = new Histogram({
    name: "nodejs_gc_duration_seconds",
    help: "Duration of garbage collections, by kind: major, minor, incremental or weakcb.",
    labelNames: ["kind"],
    buckets: [0.001, 0.01, 0.1, 1, 2, 5],
    registers: [registry],
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) duration.observe({ kind: toKind(entry) }, entry.duration / 1000);
  });
  observer.observe({ entryTypes: ["gc"] });
  return () => observer.disconnect();
}

function toKind(entry: PerformanceEntry): string {
  const { kind } = entry.detail as { kind: number };
  return kinds.get(kind) ?? "other";
}
