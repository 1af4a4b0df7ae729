import { createDurableProducer, type DurableProducer } from "@platform/shared/kafka/durable-producer";
import type { Kafka } from "kafkajs";
import { type DeadLetter, type DeadLetterRecord, deadLetterRecord, shorten } from "./dead-letter-record.ts";
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

/** @param open returns a new Kafka client */
export function createDeadLetters(open: () => Promise<Kafka>): DeadLetters {
  const known = new Set<string>();
  const producer = createDurableProducer({ timeLimit, open });

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
          await send(producer, topic, records);
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
  const admin = (await open()).admin();
  try {
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: topicResource, name: source, configNames: ["max.message.bytes"] }],
    });
    const most = Number(resources[0]?.configEntries[0]?.configValue ?? 0) + headerBytes;
    const configEntries = [
      { name: "retention.ms", value: "-1" },
      { name: "max.message.bytes", value: String(Math.max(leastMessageBytes, most)) },
    ];
    const topic = { topic: deadLetterTopic(source), numPartitions: 1, configEntries };
    await admin.createTopics({ topics: [topic], waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}

/** Sends records; one by one and shortened where the topic does not take them: a letter must not hold its partition up. */
async function send(
  producer: DurableProducer,
  topic: string,
  records: readonly DeadLetterRecord[],
): Promise<void> {
  try {
    await producer.send(topic, records);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    for (const record of records) await sendShortened(producer, topic, record);
  }
}

async function sendShortened(
  producer: DurableProducer,
  topic: string,
  record: DeadLetterRecord,
): Promise<void> {
  for (let draft: DeadLetterRecord | undefined = record; draft !== undefined; draft = shorten(draft)) {
    try {
      await producer.send(topic, [draft]);
      return;
    } catch (error) {
      if (!isTooLarge(error) || shorten(draft) === undefined) throw error;
    }
  }
}
