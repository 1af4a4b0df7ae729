import { createDurableProducer } from "@platform/shared/kafka/durable-producer";
import type { Admin, Kafka } from "kafkajs";
import { type DeadLetter, type DeadLetterRecord, deadLetterRecord, shortenTo } from "./dead-letter-record.ts";
import { isTooLarge } from "./is-too-large.ts";

/** Writes refused messages to dead-letter topics. */
export interface DeadLetters {
  /**
   * Resolves when Kafka has acknowledged all in `<topic>.dead-letter`; creates a missing topic. Shortens a letter that is
   * larger than the topic takes.
   */
  write(functionName: string, letters: readonly DeadLetter[]): Promise<void>;
  close(): Promise<void>;
}

/** The topic for messages of a topic that a function refuses. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dead-letter`;
}

const timeLimit = 30_000;
/** Kafka's id of a topic among resources with a configuration. */
const topicResource = 2;
/** A letter's headers make it larger than its message. */
const leastMessageBytes = 2_097_152;
const headerBytes = 1_048_576;
const defaultMessageBytes = 1_048_588;

/** @param open returns a new Kafka client */
export function createDeadLetters(open: () => Promise<Kafka>): DeadLetters {
  const known = new Set<string>();
  const producer = createDurableProducer({ timeLimit, open });

  /** One by one and shortened where the topic does not take them: a letter must not hold its partition up. */
  async function send(topic: string, records: readonly DeadLetterRecord[]): Promise<void> {
    try {
      await producer.send(topic, records);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      const bytes = await withAdmin(open, (admin) => maxMessageBytes(admin, topic));
      for (const record of records) await producer.send(topic, [shortenTo(record, bytes)]);
    }
  }

  return {
    async write(functionName, letters) {
      const topics = [...new Set(letters.map(({ message }) => message.topic))];
      for (const source of topics) {
        const topic = deadLetterTopic(source);
        if (!known.has(topic)) await makeTopic(open, source);
        known.add(topic);
        const own = letters.filter(({ message }) => message.topic === source);
        const records = own.map((letter) => deadLetterRecord(functionName, letter));
        try {
          await send(topic, records);
        } catch (error) {
          known.delete(topic); // somebody may have deleted it
          throw error;
        }
      }
    },
    close: () => producer.close(),
  };
}

/** Makes the dead-letter topic of a topic where it is missing. No letter expires. */
async function makeTopic(open: () => Promise<Kafka>, source: string): Promise<void> {
  await withAdmin(open, async (admin) => {
    const most = (await maxMessageBytes(admin, source)) + headerBytes;
    const configEntries = [
      { name: "retention.ms", value: "-1" },
      { name: "max.message.bytes", value: String(Math.max(leastMessageBytes, most)) },
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

/** The largest batch of messages that a topic takes, in bytes; Kafka's default where it does not tell. */
async function maxMessageBytes(admin: Admin, topic: string): Promise<number> {
  const resource = { type: topicResource, name: topic, configNames: ["max.message.bytes"] };
  try {
    const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
    return Number(resources[0]?.configEntries[0]?.configValue ?? defaultMessageBytes);
  } catch {
    return defaultMessageBytes; // may be forbidden
  }
}
