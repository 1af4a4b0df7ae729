import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Counter, Gauge } from "prom-client";
import type { SkipReason } from "./feed.ts";

/** The counters of the service. */
export interface FeedMetrics {
  registry: Registry;
  written(posts: number): void;
  /** Counts messages of the feed that are not written. */
  skipped(reason: SkipReason | "duplicate", count?: number): void;
  connected(isConnected: boolean): void;
  writeFailed(): void;
  /** Adds a time span of missing posts. */
  missed(milliseconds: number): void;
}

const reasons: readonly (SkipReason | "duplicate")[] = ["duplicate", "other_words", "malformed", "too_large"];

/** Creates the metrics. `newest` returns the time of the newest processed message, in milliseconds since 1970. */
export function createFeedMetrics(newest: () => number | undefined): FeedMetrics {
  const registry = createRegistry("feeds");
  const registers = [registry];
  const posts = new Counter({
    name: "feed_posts_total",
    help: "Posts and deletions written to the topic.",
    registers,
  });
  const skipped = new Counter({
    name: "feed_skipped_total",
    help: "Skipped posts: repeated, without one of the words, malformed or too large.",
    labelNames: ["reason"],
    registers,
  });
  const disconnects = new Counter({
    name: "feed_disconnects_total",
    help: "Lost or failed connections to the network.",
    registers,
  });
  const connected = new Gauge({
    name: "feed_connected",
    help: "1 while the network is connected.",
    registers,
  });
  const failures = new Counter({
    name: "feed_write_failures_total",
    help: "Failed Kafka transactions; the feed then continues after the last committed one.",
    registers,
  });
  const missed = new Counter({
    name: "feed_missed_seconds_total",
    help: "Seconds of posts that the network no longer had when the feed reconnected.",
    registers,
  });
  new Gauge({
    name: "feed_lag_seconds",
    help: "Age of the newest processed message; absent before the first one.",
    registers,
    collect() {
      const time = newest();
      if (time === undefined) this.reset();
      else this.set(Math.max(0, Date.now() - time) / 1_000);
    },
  });
  for (const reason of reasons) skipped.inc({ reason }, 0);
  return {
    registry,
    written: (count) => posts.inc(count),
    skipped: (reason, count = 1) => skipped.inc({ reason }, count),
    connected(isConnected) {
      if (!isConnected) disconnects.inc();
      connected.set(isConnected ? 1 : 0);
    },
    writeFailed: () => failures.inc(),
    missed: (milliseconds) => missed.inc(milliseconds / 1_000),
  };
}
