import { randomUUID } from "node:crypto";
import { retry } from "@platform/shared/clients/retry";
import { installFetchDecoder } from "@platform/shared/kafka/fetch-decoder";
import { UndecodableBatch } from "@platform/shared/kafka/undecodable-batch";
import type { Admin, Consumer, Kafka, KafkaMessage } from "kafkajs";
import { TopicUnreadableError } from "./errors.ts";

/** The options of a read. */
export interface ReadOptions {
  kafka: Kafka;
  admin: Admin;
  topic: string;
  /** Aborts the read, which then rejects with the signal's reason. */
  signal: AbortSignal;
  onMessage(partition: number, message: KafkaMessage): void;
}

/** The time limit without a message. An abandoned transaction blocks readers until Kafka aborts it, after a minute. */
const silenceLimit = 90_000;
const mostTries = 10;

/**
 * Reads the committed messages of a topic up to its current end, in the order of each partition. It uses a new consumer
 * group and commits no offsets.
 * @throws TopicUnreadableError, and kafkajs's errors.
 */
export async function readTopic({ onMessage, ...options }: ReadOptions): Promise<void> {
  let hasBegun = false;
  const onFirstMessage: ReadOptions["onMessage"] = (partition, message) => {
    hasBegun = true;
    onMessage(partition, message);
  };
  await retry(() => readOnce({ ...options, onMessage: onFirstMessage }), {
    signal: options.signal,
    backoff: { firstMs: 200, longestMs: 2_000 },
    // A broker that has just started may not be ready for consumer groups.
    shouldRetry: (error, tries) =>
      !hasBegun && tries < mostTries && (error as { retriable?: boolean }).retriable === true,
  });
}

async function readOnce({ kafka, admin, topic, signal, onMessage }: ReadOptions): Promise<void> {
  const remaining = await endsOf(admin, topic);
  if (remaining.size === 0) return;
  installFetchDecoder();
  const consumer = kafka.consumer({
    groupId: `dead-letters-${randomUUID()}`,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
    retry: { restartOnFailure: async () => false },
  });
  const end = new AbortController();
  const watchdog = startWatchdog(topic, end);
  const abort = () => end.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  const ended = new Promise<void>((resolve, reject) => {
    end.signal.addEventListener("abort", () => reject(end.signal.reason), { once: true });
    if (end.signal.aborted) reject(end.signal.reason);
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    // The last offset includes control records, such as the marker of a transaction.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
      watchdog.refresh();
      if (Number(lastOffset) + 1 >= (remaining.get(partition) ?? 0)) remaining.delete(partition);
      if (remaining.size === 0) resolve();
    });
  });
  try {
    await Promise.race([ended, consume(consumer, topic, end, onMessage).then(() => ended)]);
  } finally {
    signal.removeEventListener("abort", abort);
    clearTimeout(watchdog);
    await consumer.disconnect().catch(() => undefined);
  }
}

async function consume(
  consumer: Consumer,
  topic: string,
  end: AbortController,
  onMessage: ReadOptions["onMessage"],
): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      if (end.signal.aborted) return;
      for (const message of batch.messages) {
        if (message instanceof UndecodableBatch) {
          const place = `${topic}/${batch.partition}/${message.firstOffset ?? "?"}`;
          end.abort(new TopicUnreadableError({ place, reason: message.reason }));
          return;
        }
        onMessage(batch.partition, message);
      }
    },
  });
}

function startWatchdog(topic: string, end: AbortController): NodeJS.Timeout {
  const reason = `nothing arrived for ${silenceLimit / 1_000} s`;
  return setTimeout(() => end.abort(new TopicUnreadableError({ place: topic, reason })), silenceLimit);
}

/** The offset after the last message of each non-empty partition. */
async function endsOf(admin: Admin, topic: string): Promise<Map<number, number>> {
  const offsets = await admin.fetchTopicOffsets(topic);
  const filled = offsets.filter(({ high, low }) => high !== low);
  return new Map(filled.map(({ partition, high }) => [partition, Number(high)]));
}
