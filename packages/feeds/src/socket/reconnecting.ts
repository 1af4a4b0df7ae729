import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "@platform/shared/clients/backoff";
import type { FeedBatch, FeedObserver } from "../feed.ts";

/** Options of a reconnecting feed. */
export interface ReconnectOptions {
  signal: AbortSignal;
  /** The longest pause, in milliseconds. */
  longestPause: number;
  observer: FeedObserver;
  /** The host of an attempt, counted from 0. */
  chooseHost(tries: number): string;
}

const firstPause = 500;

/**
 * Yields the values of successive connections. Pauses after each loss with exponential backoff, which a value resets, and
 * with a random reduction of up to a quarter.
 */
export async function* reconnecting(
  connect: (tries: number) => AsyncGenerator<FeedBatch>,
  { chooseHost, longestPause, observer, signal }: ReconnectOptions,
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
      observer.disconnected({ host: chooseHost(tries), error, pauseMs });
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
