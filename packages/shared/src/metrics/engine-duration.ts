import { BufferedHistogram } from "./buffered-histogram.ts";
import type { Registry } from "./registry.ts";

/** Runs work and records its duration. */
export type Timed = <Result>(work: () => Result) => Result;

/** Records the duration of the sentiment engine's work for a call. */
export function createEngineTimer(registry: Registry): Timed {
  const duration = new BufferedHistogram({
    name: "sentiment_engine_duration_seconds",
    help: "Duration of the sentiment engine's work for all texts of a call.",
    buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  return (work) => {
    const start = performance.now();
    try {
      return work();
    } finally {
      duration.observe((performance.now() - start) / 1000);
    }
  };
}
