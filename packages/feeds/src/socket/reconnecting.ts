import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "@platform/shared/clients/backoff";
import type { FeedBatch, FeedObserver } from "../feed.ts";

/** Options of a feed that connects again. */
export interface ReconnectOptions {
  signal: AbortSignal;
  /** The longest pause, in milliseconds. */
  longestPause: number;
  observer: FeedObserver;
  /** The host of a try, counted from 0. */
  hostOf(tries: number): string;
}

const firstPause = 500;

/**
 * What connections give, one after the other. After each loss comes a pause, which grows until a connection gives something,
 * and is shortened by a random part of up to a quarter.
 */
export async function* reconnecting(
  connect: (tries: number) => AsyncGenerator<FeedBatch>,
  { hostOf, longestPause, observer, signal }: ReconnectOptions,
): AsyncGenerator<FeedBatch> {
  const backoff = new Backoff({ firstMs: Math.min(firstPause, longestPause), longestMs: longestPause });
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      for await (const batch of connect(tries)) {
        backoff.reset();
        yield batch;
      }
    } catch (error) {
      if (signal.aborted) return;
      const pauseMs = backoff.next() * (0.75 + Math.random() / 4);
      observer.disconnected({ host: hostOf(tries), error, pauseMs });
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
