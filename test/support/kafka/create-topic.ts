import type { Admin } from "kafkajs";
import { waitFor } from "../wait-for.ts";

/**
 * Creates a topic and waits for its leaders. Returns false if it exists already. kafkajs' own waiting fails if a broker does not
 * know the topic yet.
 */
export async function createTopic(admin: Admin, topic: string, numPartitions = 1): Promise<boolean> {
  const isCreated = await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: false });
  await waitFor(`the topic ${topic}`, () => hasLeaders(admin, topic).catch(() => false));
  return isCreated;
}

async function hasLeaders(admin: Admin, topic: string): Promise<boolean> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]!.partitions.every(({ leader }) => leader >= 0);
}
