import type { Consumer } from "kafkajs";

/** Watches a consumer until it is stopped. */
export interface SilenceWatchdog {
  /** Rejects when the consumer neither fetches nor joins its group for the timeout. */
  failed: Promise<never>;
  stop(): void;
}

/** Starts to watch a consumer, because kafkajs has bugs that make it wait forever. */
export function startSilenceWatchdog(consumer: Consumer, timeoutMs: number): SilenceWatchdog {
  const stopped = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`kafkajs was silent for ${timeoutMs} ms`)), timeoutMs);
    for (const name of [consumer.events.FETCH, consumer.events.GROUP_JOIN]) {
      consumer.on(name, () => timer.refresh());
    }
    stopped.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
  return { failed, stop: () => stopped.abort() };
}
