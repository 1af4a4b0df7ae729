import { setTimeout as pause } from "node:timers/promises";

/** Returns the number of messages that a connector has delivered. */
async function readDelivered(/** @type {string} */ url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^kafka_connector_delivered_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

/**
 * Measures the rate of connectors, from the first poll with deliveries to the last of `messages` messages.
 *
 * @param {readonly string[]} urls of the connectors
 * @param {number} messages
 * @param {AbortSignal} signal
 */
export async function measureRate(urls, messages, signal) {
  let first = { documents: 0, time: 0 };
  for (;;) {
    signal.throwIfAborted();
    const counts = await Promise.all(urls.map(readDelivered));
    const documents = counts.reduce((sum, count) => sum + count, 0);
    const time = performance.now();
    if (first.documents === 0) first = { documents, time };
    if (documents >= messages) {
      return { documents, rate: ((documents - first.documents) / (time - first.time)) * 1_000 };
    }
    await pause(20);
  }
}
