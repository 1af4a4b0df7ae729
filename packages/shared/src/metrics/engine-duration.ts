import { Histogram } from "./instruments.ts";
import type { Registry } from "./registry.ts";

/** Does work and records how long it took. */
export type Timed = <Result>(work: () => Result) => Result;

/** Records how long the sentiment engine worked for a call. */
export function createEngineTimer(registry: Registry): Timed {
  const duration = new Histogram({
    name: "sentiment_engine_duration_seconds",
    help: "How long the sentiment engine worked for all texts of a call.",
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
