import type { PlatformError } from "@platform/shared/errors/platform-error";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { deadLetterHeaders } from "@platform/shared/kafka/dead-letter-headers";
import { createDurableProducer } from "@platform/shared/kafka/durable-producer";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import type { Config } from "../config.ts";
import type { SentimentRecord } from "../enrich.ts";
import type { Metrics } from "../metrics.ts";

/** Writes documents to topics with at-least-once delivery; the key is the id of the record. */
export interface KafkaSink {
  /** Resolves when Kafka has acknowledged all. @throws PeerBadAnswerError (502), PeerUnavailableError (503), PeerTimeoutError (504). */
  write(records: readonly SentimentRecord[], signal: AbortSignal): Promise<void>;
  /** Writes refused documents to DEAD_LETTER_TOPIC, with the reason in headers. Does nothing without that setting. */
  writeDeadLetters(refused: readonly RefusedRecord[], signal: AbortSignal): Promise<void>;
  /** Writes a tombstone for each id: a message without a value, which removes the key from a compacted topic. */
  remove(ids: readonly string[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface RefusedRecord {
  record: SentimentRecord;
  error: PlatformError;
}

export function createKafkaSink(config: Config, { published }: Pick<Metrics, "published">): KafkaSink {
  const { KAFKA_TOPIC: topic, DEAD_LETTER_TOPIC: deadLetters, ENRICH_TIMEOUT: timeLimit } = config;
  const producer = createDurableProducer({
    timeLimit,
    open: () => createKafka({ clientId: "tweet-enrich", config }),
    sendsTrace: true,
  });

  async function send(
    to: string,
    messages: Parameters<typeof producer.send>[1],
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await producer.send(to, messages, signal);
      published(to, messages.length);
    } catch (error) {
      throw kafkaError(config, error);
    }
  }

  return {
    write: (records, signal) => send(topic, records.map(toMessage), signal),
    async writeDeadLetters(refused, signal) {
      if (deadLetters === undefined) return;
      const messages = refused.map(({ record, error }) => ({
        ...toMessage(record),
        headers: deadLetterHeaders({
          functionName: "tweet-enrich",
          status: error.status,
          code: error.code,
          reason: error.message,
        }),
      }));
      await send(deadLetters, messages, signal);
    },
    remove: (ids, signal) =>
      send(
        topic,
        ids.map((key) => ({ key, value: null })),
        signal,
      ),
    close: () => producer.close(),
  };
}

function toMessage({ id, document }: SentimentRecord) {
  return { key: id, value: JSON.stringify(document) };
}
