import type { Admin } from "kafkajs";
import { TopicMissingError } from "./topics-errors.ts";

/** The offsets of a partition: its first message, and the next one to be written. */
export interface PartitionEnds {
  partition: number;
  start: number;
  end: number;
}

/** @throws TopicMissingError */
export async function readPartitionEnds(admin: Admin, topic: string): Promise<PartitionEnds[]> {
  const topics = await admin.listTopics();
  if (!topics.includes(topic)) throw new TopicMissingError(topic);
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets
    .map(({ partition, low, high }) => ({ partition, start: Number(low), end: Number(high) }))
    .sort((a, b) => a.partition - b.partition);
}
