import { setTimeout as sleep } from "node:timers/promises";
import { Backoff, type BackoffOptions } from "./backoff.ts";

/** Options of a retry. */
export interface RetryOptions {
  /** Called after a failed attempt, counted from 1. Without it, every error is retried. */
  shouldRetry?(error: unknown, tries: number): boolean;
  /** Default: 100 ms to 2 s. Jitter shortens each pause by up to a quarter. */
  backoff?: BackoffOptions;
  /** No attempt starts after it fires. */
  signal: AbortSignal;
  /** Called before the pause of each retry. */
  onRetry?(error: unknown, retry: { tries: number; pauseMs: number }): unknown;
}

/**
 * Retries work with exponential backoff until it succeeds.
 * @throws the last error, when `shouldRetry` returns false or the signal fires. If the signal interrupts an attempt, the error
 * of the previous attempt, which has the cause.
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
