import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Counter, Gauge } from "prom-client";
import type { SkipReason } from "./feed.ts";

/** What the service counts. */
export interface FeedMetrics {
  registry: Registry;
  written(posts: number): void;
  /** A message of the feed that is not written. */
  skipped(reason: SkipReason | "duplicate", count?: number): void;
  connected(isConnected: boolean): void;
  writeFailed(): void;
  /** Posts of so many milliseconds are missing. */
  missed(milliseconds: number): void;
}

const reasons: readonly (SkipReason | "duplicate")[] = ["duplicate", "other_words", "malformed", "too_large"];

/** The metrics of the service, for Prometheus. `newest`: when the newest processed message was sent, in milliseconds since 1970. */
export function createFeedMetrics(newest: () => number | undefined): FeedMetrics {
  const registry = createRegistry("feeds");
  const registers = [registry];
  const posts = new Counter({
    name: "feed_posts_total",
    help: "Posts and deletions of posts that were written to the topic.",
    registers,
  });
  const skipped = new Counter({
    name: "feed_skipped_total",
    help: "Posts that were not written: repeated, without one of the words, malformed or too large.",
    labelNames: ["reason"],
    registers,
  });
  const disconnects = new Counter({
    name: "feed_disconnects_total",
    help: "Connections to the network that were lost or could not be made.",
    registers,
  });
  const connected = new Gauge({
    name: "feed_connected",
    help: "1 while the network is connected.",
    registers,
  });
  const failures = new Counter({
    name: "feed_write_failures_total",
    help: "Transactions of Kafka that failed; the feed then continues after the last committed one.",
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
