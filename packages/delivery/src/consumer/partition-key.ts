import type { TopicPartition } from "kafkajs";

/** The key of a partition in maps: `topic/partition`. */
export function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
