import type { AbortedTransaction, FetchedMessage } from "./open-cluster.ts";

/**
 * The messages without the markers of transactions and without what aborted transactions wrote. kafkajs's own filter begins
 * at most one aborted transaction at each message, so it passes messages where two of them overlap.
 */
export function* committedMessages(
  messages: readonly FetchedMessage[],
  aborted: readonly AbortedTransaction[],
): Generator<FetchedMessage> {
  const waiting = [...aborted].sort((one, other) => Number(one.firstOffset) - Number(other.firstOffset));
  const open = new Set<string>();
  for (const message of messages) {
    const { producerId, inTransaction } = message.batchContext;
    while (waiting.length > 0 && Number(waiting[0]!.firstOffset) <= Number(message.offset))
      open.add(waiting.shift()!.producerId);
    if (message.isControlRecord) open.delete(producerId);
    else if (!inTransaction || !open.has(producerId)) yield message;
  }
}
