import { createEngineTimer, type Timed } from "@platform/shared/metrics/engine-duration";
import { Counter, Histogram } from "@platform/shared/metrics/instruments";
import { type CountRetry, createRetryCounter } from "@platform/shared/metrics/peer-retries";
import type { Registry } from "@platform/shared/metrics/registry";

/** What became of a document in the index at the end of a call. */
export type BulkResult = "created" | "updated" | "conflict" | "refused" | "waiting";

/** What the function measures. */
export interface Metrics {
  /** Measures the engine's work for a call. */
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
    help: "Documents by what became of them in the index: created, updated, conflict (a repetition, or the index has a newer version), refused, waiting (the call is to be sent again).",
    labelNames: ["result"],
    registers,
  });
  const bulkDuration = new Histogram({
    name: "tweet_enrich_bulk_duration_seconds",
    help: "How long bulk requests to Elasticsearch took; one that is refused and halved counts once.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const published = new Counter({
    name: "tweet_enrich_published_total",
    help: "Messages that Kafka has acknowledged: documents, tombstones and dead letters.",
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
