import type { TopicPartition } from "kafkajs";

/** A partition as a key of maps: `topic/partition`. */
export function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
