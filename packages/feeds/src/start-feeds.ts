import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "@platform/shared/clients/backoff";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import { isTakenOver } from "@platform/shared/kafka/transaction-writer";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { createServiceApp } from "@platform/shared/service/service-app";
import type { FeedsConfig } from "./config.ts";
import { describeLoss } from "./describe-loss.ts";
import type { FeedObserver } from "./feed.ts";
import { createFeedMetrics } from "./metrics.ts";
import { openFeed } from "./open-feed.ts";
import { openTopicSink } from "./topic/topic-sink.ts";

/**
 * Starts the service, which writes a feed to a topic. When Kafka fails, it reconnects and continues after the last committed
 * transaction.
 */
export async function startFeeds(config: FeedsConfig, log: Logger): Promise<StartedHttpServer> {
  const end = new AbortController();
  const { signal } = end;
  let newest: number | undefined;
  let isConnected = false;
  let isOpen = false;
  const backoff = new Backoff({ firstMs: 500, longestMs: config.RECONNECT_MAX_PAUSE });
  const metrics = createFeedMetrics(() => newest);

  const observer: FeedObserver = {
    connected(host) {
      isConnected = true;
      metrics.connected(true);
      log.info({ host }, "feed_connected");
    },
    disconnected({ host, error, pauseMs }) {
      isConnected = false;
      metrics.connected(false);
      log.warn(
        { host, reason: describeLoss(host, error), pause_ms: Math.round(pauseMs) },
        "feed_disconnected",
      );
    },
    skipped: (reason) => metrics.skipped(reason),
    missed(milliseconds) {
      metrics.missed(milliseconds);
      log.warn({ seconds: Math.round(milliseconds / 1_000) }, "feed_posts_missed");
    },
  };
  const feed = openFeed(config.FEED, config, observer);

  async function copy(): Promise<void> {
    const kafka = await createKafka({ clientId: "feeds", config, log });
    await using sink = await openTopicSink({
      kafka,
      topic: config.KAFKA_TOPIC,
      feed,
      metrics,
      signal,
    });
    isOpen = true;
    log.info({ feed: feed.name, cursor: sink.cursor ?? null }, "feed_started");
    for await (const batch of feed.batches(sink.cursor, signal)) {
      await sink.write(batch);
      backoff.reset();
      newest = Math.max(newest ?? 0, batch.time);
    }
  }

  async function copyUntilAborted(): Promise<void> {
    while (!signal.aborted) {
      const error: unknown = await copy().catch((reason: unknown) => reason);
      [isOpen, isConnected] = [false, false];
      if (signal.aborted) return;
      const pauseMs = backoff.next();
      metrics.writeFailed();
      const { message, cause } = kafkaError(config, error);
      log.warn(
        { error: message, cause: String(cause), taken_over: isTakenOver(error), pause_ms: pauseMs },
        "feed_write_failed",
      );
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const app = createServiceApp({
    name: "feeds",
    log,
    metrics: metrics.registry,
    ready: () => isOpen && isConnected,
    routes: () => undefined,
  });
  const server = await startHttpServer({ app, host: config.HOST, port: config.PORT });
  log.info({ url: server.url }, "listening");
  const copying = copyUntilAborted();

  return {
    ...server,
    async [Symbol.asyncDispose]() {
      end.abort();
      await copying;
      await server[Symbol.asyncDispose]();
    },
  };
}
