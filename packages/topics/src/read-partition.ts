import { retry } from "@platform/shared/clients/retry";
import { UndecodableBatch } from "@platform/shared/kafka/undecodable-batch";
import { toHeaders } from "./exact-records.ts";
import type { Cluster, FetchedMessage, FetchedPartition } from "./open-cluster.ts";
import type { TopicRecord } from "./topic-record.ts";
import { UnreadablePartitionError } from "./topics-errors.ts";

/** A range of offsets of a partition; `end` is exclusive. */
export interface PartitionRange {
  topic: string;
  partition: number;
  start: number;
  end: number;
}

const readCommitted = 1;
const maxBytes = 4 * 1024 * 1024;
const tries = 6;

/**
 * Reads the committed messages of a partition in their order, a few megabytes at a time. It ends before an open transaction.
 * @throws UnreadablePartitionError at a damaged batch
 */
export async function* readPartition(
  cluster: Cluster,
  range: PartitionRange,
  signal: AbortSignal,
): AsyncGenerator<TopicRecord> {
  const { start, end } = range;
  let position = start;
  while (position < end) {
    const fetched = await fetchFrom(cluster, { ...range, start: position }, signal);
    const messages = decodedMessages(fetched, range).filter(({ offset }) => Number(offset) >= position);
    for (const message of messages) {
      signal.throwIfAborted();
      if (!message.isControlRecord && Number(message.offset) < end) yield toRecord(message);
    }
    const last = messages.at(-1);
    // No messages remain, or only messages of an open transaction.
    if (last === undefined) return;
    position = Number(last.offset) + 1;
  }
}

function fetchFrom(
  cluster: Cluster,
  { topic, partition, start }: PartitionRange,
  signal: AbortSignal,
): Promise<FetchedPartition> {
  const work = async () => {
    const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
    const broker = await cluster.findBroker({ nodeId: nodeId! });
    const { responses } = await broker.fetch({
      replicaId: -1,
      isolationLevel: readCommitted,
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes,
      topics: [{ topic, partitions: [{ partition, fetchOffset: start, maxBytes }] }],
    });
    return responses[0]!.partitions[0]!;
  };
  return retry(work, {
    signal,
    shouldRetry: (_, count) => count < tries,
    onRetry: () => cluster.refreshMetadata().catch(() => undefined),
  });
}

function decodedMessages({ messages }: FetchedPartition, { topic, partition }: PartitionRange) {
  return messages.map((message) => {
    if (message instanceof UndecodableBatch)
      throw new UnreadablePartitionError({ topic, partition, reason: message.reason });
    return message;
  });
}

function toRecord({ offset, timestamp, key, value, headers }: FetchedMessage): TopicRecord {
  return { offset: Number(offset), timestamp, key, value, headers: toHeaders(headers) };
}
