import { retry } from "@platform/shared/clients/retry";
import { type FetchedRecords, fetchRecords } from "@platform/shared/kafka/fetch-records";
import type { Cluster } from "@platform/shared/kafka/open-cluster";
import type { Admin, KafkaMessage } from "kafkajs";
import { TopicUnreadableError } from "./errors.ts";

/** The options of a read. */
export interface ReadOptions {
  cluster: Cluster;
  admin: Admin;
  topic: string;
  /** Aborts the read, which then rejects with the signal's reason. */
  signal: AbortSignal;
  onMessage(partition: number, message: KafkaMessage): void;
}

/** The time limit without a message. An abandoned transaction blocks readers until Kafka aborts it, after a minute. */
const silenceLimit = 90_000;
const limits = { maxBytes: 4 * 1024 * 1024, maxWaitMs: 100 };
const maxAttempts = 10;

/**
 * Reads the committed messages of a topic up to its current end, one partition after the other, in order. It needs no
 * consumer group.
 * @throws TopicUnreadableError, and kafkajs's errors.
 */
export async function readTopic(options: ReadOptions): Promise<void> {
  const offsets = await options.admin.fetchTopicOffsets(options.topic);
  await options.cluster.refreshMetadata();
  for (const { partition, low, high } of offsets)
    await readPartition({ ...options, partition, start: Number(low), end: Number(high) });
}

interface PartitionRead extends ReadOptions {
  partition: number;
  start: number;
  /** Exclusive. */
  end: number;
}

async function readPartition({ end, onMessage, partition, start, ...options }: PartitionRead): Promise<void> {
  const { signal, topic } = options;
  let position = start;
  let lastProgress = Date.now();
  while (position < end) {
    signal.throwIfAborted();
    const fetched = await fetchWithRetry(options, partition, position);
    const { messages, next, unreadable } = fetched;
    for (const message of messages)
      if (Number(message.offset) < end) onMessage(partition, toMessage(message));
    if (unreadable !== undefined && unreadable.offset < end) {
      const location = `${topic}/${partition}/${unreadable.offset}`;
      throw new TopicUnreadableError({ location, reason: unreadable.reason });
    }
    if (next > position) lastProgress = Date.now();
    else if (Date.now() - lastProgress > silenceLimit) {
      const reason = `nothing arrived for ${silenceLimit / 1_000} s`;
      throw new TopicUnreadableError({ location: topic, reason });
    }
    position = next;
  }
}

async function fetchWithRetry(
  { admin, cluster, signal, topic }: Omit<ReadOptions, "onMessage">,
  partition: number,
  position: number,
): Promise<FetchedRecords> {
  const read = async () => {
    try {
      return await fetchRecords(cluster, { topic, partition, offset: position }, limits);
    } catch (error) {
      if ((error as { type?: string }).type !== "OFFSET_OUT_OF_RANGE") throw error;
      // Retention or compaction has removed the messages since the read began.
      const offsets = await admin.fetchTopicOffsets(topic);
      const low = Number(offsets.find((other) => other.partition === partition)?.low ?? position);
      return { messages: [], unreadable: undefined, next: Math.max(low, position) };
    }
  };
  return await retry(read, {
    signal,
    backoff: { firstMs: 200, longestMs: 2_000 },
    shouldRetry: (error, tries) =>
      tries < maxAttempts && (error as { retriable?: boolean }).retriable === true,
    onRetry: () => cluster.refreshMetadata().catch(() => undefined),
  });
}

function toMessage(message: FetchedRecords["messages"][number]): KafkaMessage {
  return message as unknown as KafkaMessage;
}
