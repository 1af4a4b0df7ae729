import { type ReadOptions, readTopic } from "@platform/dead-letters/read-topic";
import { openCluster } from "@platform/shared/kafka/open-cluster";
import type { Admin, Kafka } from "kafkajs";
import { cursorsTopic, type FeedState } from "./feed-state.ts";

/** Small segments, because compaction skips the active segment, and each start reads the whole topic. */
const configEntries = Object.entries({
  "cleanup.policy": "compact",
  "segment.bytes": "8388608",
  "min.cleanable.dirty.ratio": "0.1",
}).map(([name, value]) => ({ name, value }));

/** Reads the committed state of a feed, and creates the topic if it is missing. @throws kafkajs's errors */
export async function readFeedState(kafka: Kafka, state: FeedState, signal: AbortSignal): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = await admin.listTopics();
    if (topics.includes(cursorsTopic)) await readCursors(kafka, admin, state, signal);
    else await createCursorsTopic(admin);
  } finally {
    await admin.disconnect();
  }
}

async function createCursorsTopic(admin: Admin): Promise<void> {
  const topic = { topic: cursorsTopic, numPartitions: 1, configEntries };
  await admin.createTopics({ topics: [topic], waitForLeaders: true });
}

async function readCursors(kafka: Kafka, admin: Admin, state: FeedState, signal: AbortSignal): Promise<void> {
  const cluster = await openCluster(kafka);
  try {
    const onMessage: ReadOptions["onMessage"] = (_, message) => state.add(message);
    await readTopic({ cluster, admin, topic: cursorsTopic, signal, onMessage });
  } finally {
    await cluster.disconnect();
  }
}
