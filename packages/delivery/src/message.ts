import type { KafkaMessage } from "kafkajs";

/** A message and its position in Kafka. */
export interface Message {
  topic: string;
  partition: number;
  offset: number;
  /** The timestamp in Kafka, in milliseconds since 1970. */
  timestamp: number;
  key: Buffer | null;
  /** Empty for a tombstone. */
  value: Buffer;
  /** Whether the value is null in Kafka. */
  isTombstone?: boolean;
  headers: KafkaMessage["headers"];
}

/** Converts a message of kafkajs. */
export function toMessage(topic: string, partition: number, message: KafkaMessage): Message {
  const { offset, timestamp, key, value, headers } = message;
  return {
    topic,
    partition,
    offset: Number(offset),
    timestamp: Number(timestamp),
    key,
    value: value ?? Buffer.alloc(0),
    isTombstone: value === null,
    headers,
  };
}
