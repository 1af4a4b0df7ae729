import { openCluster } from "@platform/shared/kafka/open-cluster";
import type { Admin, Kafka, KafkaMessage } from "kafkajs";
import { type Letter, readLetter } from "./letter.ts";
import { addOutcome, type Outcomes, outcomesTopic } from "./outcome.ts";
import { readTopic } from "./read-topic.ts";

/** The Kafka operations of the commands. */
export interface LettersClient extends AsyncDisposable {
  kafka: Kafka;
  /** Aborts reads. */
  signal: AbortSignal;
  topicNames(): Promise<ReadonlySet<string>>;
  /** The number of partitions of each topic, without missing topics. */
  partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Creates the topic of outcomes if it is missing. */
  createOutcomesTopic(): Promise<void>;
  /** All committed outcomes. */
  readOutcomes(): Promise<Outcomes>;
  /** Reads the letters of a dead-letter topic up to its current end. */
  readLetters(topic: string, onLetter: (letter: Letter, message: KafkaMessage) => void): Promise<void>;
}

/**
 * Connects to Kafka.
 * @throws kafkajs's errors.
 */
export async function openLettersClient(kafka: Kafka, signal: AbortSignal): Promise<LettersClient> {
  const admin: Admin = kafka.admin();
  await admin.connect();
  const cluster = await openCluster(kafka).catch(async (error: unknown) => {
    await admin.disconnect();
    throw error;
  });
  const topicNames = async () => new Set(await admin.listTopics());
  return {
    kafka,
    signal,
    topicNames,
    async partitionCounts(topics) {
      const existing = await topicNames();
      const known = topics.filter((topic) => existing.has(topic));
      if (known.length === 0) return new Map();
      const metadata = await admin.fetchTopicMetadata({ topics: known });
      return new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
    },
    async createOutcomesTopic() {
      if ((await topicNames()).has(outcomesTopic)) return;
      const configEntries = [{ name: "cleanup.policy", value: "compact" }];
      const topic = { topic: outcomesTopic, numPartitions: 1, configEntries };
      await admin.createTopics({ topics: [topic], waitForLeaders: true });
    },
    async readOutcomes() {
      const outcomes: Outcomes = new Map();
      if (!(await topicNames()).has(outcomesTopic)) return outcomes;
      const onMessage = (_: number, message: KafkaMessage) => addOutcome(outcomes, message);
      await readTopic({ cluster, admin, topic: outcomesTopic, signal, onMessage });
      return outcomes;
    },
    async readLetters(topic, onLetter) {
      const onMessage = (partition: number, message: KafkaMessage) =>
        onLetter(readLetter(topic, partition, message), message);
      await readTopic({ cluster, admin, topic, signal, onMessage });
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([admin.disconnect(), cluster.disconnect()]);
    },
  };
}
