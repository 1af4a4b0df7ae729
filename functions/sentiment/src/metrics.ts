import { createEngineTimer, type Timed } from "@platform/shared/metrics/engine-duration";
import type { Registry } from "@platform/shared/metrics/registry";

/** The function's metrics. */
export interface Metrics {
  /** Measures the scoring time of a call. */
  timeEngine: Timed;
}

/** Adds the function's metrics to a registry. */
export function addMetrics(registry: Registry): Metrics {
  return { timeEngine: createEngineTimer(registry) };
}
