import type { MessagePosition } from "./message-position.ts";
import type { Cluster, FetchedMessage } from "./open-cluster.ts";
import { UndecodableBatch } from "./undecodable-batch.ts";

/** Limits of a fetch. */
export interface FetchLimits {
  /** The time that the broker waits for the first message, in milliseconds. */
  maxWaitMs: number;
  /** The broker returns whole batches, and the first one even if it is larger. */
  maxBytes: number;
}

/** A batch whose messages cannot be read. */
interface UnreadableBatch {
  /** Its first offset; the offset of the fetch if the broker could not read it either. */
  offset: number;
  reason: string;
}

/** The records from an offset on. */
export interface FetchedRecords {
  /** In order of their offsets; without control records and messages of aborted transactions. */
  messages: FetchedMessage[];
  /** Follows the messages. */
  unreadable: UnreadableBatch | undefined;
  /** The offset to continue from; that of the fetch if no records follow, or only records of an open transaction. */
  next: number;
}

const readCommitted = 1;

/**
 * Fetches the committed messages from an offset on, without a consumer group.
 * @throws kafkajs's errors, such as for an offset outside the partition.
 */
export async function fetchRecords(
  cluster: Cluster,
  { topic, partition, offset }: MessagePosition,
  { maxBytes, maxWaitMs }: FetchLimits,
): Promise<FetchedRecords> {
  const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
  const broker = await cluster.findBroker({ nodeId: nodeId ?? "-1" });
  const { responses } = await broker.fetch({
    replicaId: -1,
    isolationLevel: readCommitted,
    maxWaitTime: maxWaitMs,
    minBytes: 1,
    maxBytes,
    topics: [{ topic, partitions: [{ partition, fetchOffset: offset, maxBytes }] }],
  });
  return toRecords(responses[0]!.partitions[0]!.messages, offset);
}

function toRecords(fetched: readonly (FetchedMessage | UndecodableBatch)[], offset: number): FetchedRecords {
  const messages: FetchedMessage[] = [];
  let next = offset;
  for (const message of fetched) {
    if (message instanceof UndecodableBatch) {
      const { firstOffset = next, lastOffset = next, reason } = message;
      return {
        messages,
        unreadable: { offset: firstOffset, reason },
        next: Math.max(lastOffset, next) + 1,
      };
    }
    const messageOffset = Number(message.offset);
    if (messageOffset < offset) continue; // a batch may begin before the offset
    if (!message.isControlRecord) messages.push(message);
    next = messageOffset + 1;
  }
  return { messages, unreadable: undefined, next };
}
