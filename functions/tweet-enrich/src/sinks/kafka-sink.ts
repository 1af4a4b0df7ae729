import type { PlatformError } from "@platform/shared/errors/platform-error";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { createDurableProducer } from "@platform/shared/kafka/durable-producer";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import type { Config } from "../config.ts";
import type { SentimentRecord } from "../enrich.ts";
import type { Metrics } from "../metrics.ts";

/** Writes documents to topics. At least once; the key is the record's id. */
export interface KafkaSink {
  /** Resolves when all are acknowledged. @throws PeerBadAnswerError (502), PeerUnavailableError (503), PeerTimeoutError (504). */
  write(records: readonly SentimentRecord[], signal: AbortSignal): Promise<void>;
  /** The same for documents that were refused, with the reason in headers. Needs DEAD_LETTER_TOPIC. */
  bury(refused: readonly RefusedRecord[], signal: AbortSignal): Promise<void>;
  /** Writes a tombstone for each id: a message with the key and no value, which removes it from a compacted topic. */
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
    async bury(refused, signal) {
      if (deadLetters === undefined) return;
      const messages = refused.map(({ record, error }) => ({
        ...toMessage(record),
        headers: {
          "dead-letter-code": error.code,
          "dead-letter-reason": error.message,
          "dead-letter-index": record.index,
          "dead-letter-function": "tweet-enrich",
        },
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
