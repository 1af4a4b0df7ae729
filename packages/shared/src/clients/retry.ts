import { setTimeout as sleep } from "node:timers/promises";
import { Backoff, type BackoffOptions } from "./backoff.ts";

/** How work is retried. */
export interface RetryOptions {
  /** Decides after a failed try, counted from 1; without it every error is retried. */
  shouldRetry?(error: unknown, tries: number): boolean;
  /** From 100 ms up to 2 s where it is left out. Each pause is shortened by a random part of up to a quarter. */
  backoff?: BackoffOptions;
  /** No try begins after it fires. */
  signal: AbortSignal;
  /** Hears of each retry before its pause. */
  onRetry?(error: unknown, retry: { tries: number; pauseMs: number }): unknown;
}

/**
 * Does work, and again after growing pauses while it fails.
 * @throws the last error, when `shouldRetry` declines it or the signal fires. Where the signal cuts a try short, the error
 * of the try before it, which says more.
 */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { onRetry, shouldRetry, signal } = options;
  const backoff = new Backoff(options.backoff ?? { firstMs: 100, longestMs: 2_000 });
  let last: unknown;
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw last ?? error;
      if (shouldRetry !== undefined && !shouldRetry(error, tries)) throw error;
      last = error;
      const pauseMs = backoff.next() * (0.75 + Math.random() / 4);
      onRetry?.(error, { tries, pauseMs });
      const isAborted = await sleep(pauseMs, false, { signal }).catch(() => true);
      if (isAborted) throw error;
    }
  }
}
