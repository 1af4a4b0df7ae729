import { retry } from "@platform/shared/clients/retry";
import { type FetchedRecords, fetchRecords } from "@platform/shared/kafka/fetch-records";
import type { MessagePosition } from "@platform/shared/kafka/message-position";
import type { Cluster, FetchedMessage } from "@platform/shared/kafka/open-cluster";
import { toHeaders } from "./exact-records.ts";
import type { TopicRecord } from "./topic-record.ts";
import { UnreadablePartitionError } from "./topics-errors.ts";

/** A range of offsets of a partition; `end` is exclusive. */
export interface PartitionRange {
  topic: string;
  partition: number;
  start: number;
  end: number;
}

const limits = { maxBytes: 4 * 1024 * 1024, maxWaitMs: 500 };
const maxAttempts = 6;

/**
 * Reads the committed messages of a partition in their order, a few megabytes at a time. It ends before an open transaction.
 * @throws UnreadablePartitionError at a damaged batch
 */
export async function* readPartition(
  cluster: Cluster,
  { topic, partition, start, end }: PartitionRange,
  signal: AbortSignal,
): AsyncGenerator<TopicRecord> {
  let position = start;
  while (position < end) {
    const { messages, unreadable, next } = await fetchWithRetry(
      cluster,
      { topic, partition, offset: position },
      signal,
    );
    for (const message of messages) {
      signal.throwIfAborted();
      if (Number(message.offset) < end) yield toRecord(message);
    }
    if (unreadable !== undefined)
      throw new UnreadablePartitionError({ topic, partition, reason: unreadable.reason });
    // No messages remain, or only messages of an open transaction.
    if (next === position) return;
    position = next;
  }
}

function fetchWithRetry(
  cluster: Cluster,
  from: MessagePosition,
  signal: AbortSignal,
): Promise<FetchedRecords> {
  return retry(() => fetchRecords(cluster, from, limits), {
    signal,
    shouldRetry: (_, tries) => tries < maxAttempts,
    onRetry: () => cluster.refreshMetadata().catch(() => undefined),
  });
}

function toRecord({ offset, timestamp, key, value, headers }: FetchedMessage): TopicRecord {
  return { offset: Number(offset), timestamp, key, value, headers: toHeaders(headers) };
}
