import { createEngineTimer, type Timed } from "@platform/shared/metrics/engine-duration";
import { Counter, Histogram } from "@platform/shared/metrics/instruments";
import { type CountRetry, createRetryCounter } from "@platform/shared/metrics/peer-retries";
import type { Registry } from "@platform/shared/metrics/registry";

/** The result of a document's write at the end of a call. */
export type BulkResult = "created" | "updated" | "conflict" | "refused" | "waiting";

/** The function's metrics. */
export interface Metrics {
  /** Measures the scoring time of a call. */
  timeEngine: Timed;
  retried: CountRetry;
  /** Counts documents of a call. */
  bulkItems(results: readonly BulkResult[]): void;
  /** Measures a bulk request. */
  timeBulk<Answer>(request: () => Promise<Answer>): Promise<Answer>;
  published(topic: string, messages: number): void;
}

/** Adds the function's metrics to a registry. */
export function addMetrics(registry: Registry): Metrics {
  const registers = [registry];
  const items = new Counter({
    name: "tweet_enrich_bulk_items_total",
    help: "Documents by the result of their write: created, updated, conflict (the index has this or a newer version), refused, waiting (the caller must retry).",
    labelNames: ["result"],
    registers,
  });
  const bulkDuration = new Histogram({
    name: "tweet_enrich_bulk_duration_seconds",
    help: "Duration of bulk requests to Elasticsearch; a refused and halved request counts once.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const published = new Counter({
    name: "tweet_enrich_published_total",
    help: "Messages acknowledged by Kafka: documents, tombstones and dead letters.",
    labelNames: ["topic"],
    registers,
  });
  return {
    timeEngine: createEngineTimer(registry),
    retried: createRetryCounter(registry),
    bulkItems(results) {
      for (const [result, count] of countEach(results)) items.inc({ result }, count);
    },
    async timeBulk(request) {
      const stop = bulkDuration.startTimer();
      try {
        return await request();
      } finally {
        stop();
      }
    },
    published: (topic, messages) => published.inc({ topic }, messages),
  };
}

function countEach<Value>(values: readonly Value[]): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
