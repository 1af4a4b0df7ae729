import { createDurableProducer } from "@platform/shared/kafka/durable-producer";
import type { Admin, Kafka } from "kafkajs";
import {
  type DeadLetter,
  type DeadLetterRecord,
  deadLetterRecord,
  truncateRecord,
} from "./dead-letter-record.ts";
import { isTooLarge } from "./is-too-large.ts";

/** Writes refused messages to dead-letter topics. */
export interface DeadLetters {
  /**
   * Resolves when Kafka has acknowledged all letters in `<topic>.dead-letter`. Creates a missing topic. Shortens letters above the
   * size limit of the topic.
   */
  write(functionName: string, letters: readonly DeadLetter[]): Promise<void>;
  close(): Promise<void>;
}

/** The dead-letter topic of a topic. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dead-letter`;
}

const timeLimit = 30_000;
/** Kafka's number of the resource type `topic`. */
const topicResource = 2;
/** Limits of a dead-letter topic. The headers make a letter larger than its message. */
const minMessageBytes = 2_097_152;
const headerBytes = 1_048_576;
const defaultMessageBytes = 1_048_588;

/**
 * Creates a writer of dead letters.
 * @param open returns a new Kafka client
 */
export function createDeadLetters(open: () => Promise<Kafka>): DeadLetters {
  const known = new Set<string>();
  const producer = createDurableProducer({ timeLimit, open });

  /** If letters are too large, sends them one by one, and shortened: a letter must not block its partition. */
  async function send(topic: string, records: readonly DeadLetterRecord[]): Promise<void> {
    try {
      await producer.send(topic, records);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      const bytes = await withAdmin(open, (admin) => maxMessageBytes(admin, topic));
      for (const record of records) await producer.send(topic, [truncateRecord(record, bytes)]);
    }
  }

  return {
    async write(functionName, letters) {
      const topics = [...new Set(letters.map(({ message }) => message.topic))];
      for (const source of topics) {
        const topic = deadLetterTopic(source);
        if (!known.has(topic)) await createTopic(open, source);
        known.add(topic);
        const own = letters.filter(({ message }) => message.topic === source);
        const records = own.map((letter) => deadLetterRecord(functionName, letter));
        try {
          await send(topic, records);
        } catch (error) {
          known.delete(topic); // the topic may have been deleted
          throw error;
        }
      }
    },
    close: () => producer.close(),
  };
}

/** Creates the dead-letter topic of a topic if it is missing. Its letters do not expire. */
async function createTopic(open: () => Promise<Kafka>, source: string): Promise<void> {
  await withAdmin(open, async (admin) => {
    const bytes = (await maxMessageBytes(admin, source)) + headerBytes;
    const configEntries = [
      { name: "retention.ms", value: "-1" },
      { name: "max.message.bytes", value: String(Math.max(minMessageBytes, bytes)) },
    ];
    const topic = { topic: deadLetterTopic(source), numPartitions: 1, configEntries };
    await admin.createTopics({ topics: [topic], waitForLeaders: true });
  });
}

async function withAdmin<T>(open: () => Promise<Kafka>, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = (await open()).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** The size limit of a topic's batches, in bytes; Kafka's default if the limit cannot be read. */
async function maxMessageBytes(admin: Admin, topic: string): Promise<number> {
  const resource = { type: topicResource, name: topic, configNames: ["max.message.bytes"] };
  try {
    const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
    return Number(resources[0]?.configEntries[0]?.configValue ?? defaultMessageBytes);
  } catch {
    return defaultMessageBytes; // the user may lack the right to read it
  }
}
