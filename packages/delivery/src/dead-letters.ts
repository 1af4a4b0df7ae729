import { createDurableProducer } from "@platform/shared/kafka/durable-producer";
import type { Kafka } from "kafkajs";
import type { Refusal } from "./call/verdict.ts";
import type { Message } from "./message.ts";

/** A refused message and the reason. */
export interface DeadLetter {
  message: Message;
  refusal: Refusal;
}

/** Writes refused messages to dead-letter topics. */
export interface DeadLetters {
  /** Resolves when Kafka has acknowledged all in `<topic>.dead-letter`; creates a missing topic. */
  write(functionName: string, letters: readonly DeadLetter[]): Promise<void>;
  close(): Promise<void>;
}

/** The topic for messages of a topic that a function refuses. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dead-letter`;
}

const timeLimit = 30_000;

/** @param open returns a new Kafka client */
export function createDeadLetters(open: () => Promise<Kafka>): DeadLetters {
  const known = new Set<string>();
  const producer = createDurableProducer({ timeLimit, open });

  async function makeTopic(topic: string): Promise<void> {
    if (known.has(topic)) return;
    const admin = (await open()).admin();
    try {
      await admin.connect();
      // No dead letter expires. Its headers make it larger than its message.
      const configEntries = [
        { name: "retention.ms", value: "-1" },
        { name: "max.message.bytes", value: "2097152" },
      ];
      await admin.createTopics({
        topics: [{ topic, numPartitions: 1, configEntries }],
        waitForLeaders: true,
      });
      known.add(topic);
    } finally {
      await admin.disconnect();
    }
  }

  return {
    async write(functionName, letters) {
      const topics = [...new Set(letters.map(({ message }) => deadLetterTopic(message.topic)))];
      for (const topic of topics) {
        await makeTopic(topic);
        const own = letters.filter(({ message }) => deadLetterTopic(message.topic) === topic);
        try {
          await producer.send(
            topic,
            own.map((letter) => recordOf(functionName, letter)),
          );
        } catch (error) {
          known.delete(topic); // somebody may have deleted it
          throw error;
        }
      }
    },
    close: () => producer.close(),
  };
}

function recordOf(functionName: string, { message, refusal }: DeadLetter) {
  const { topic, partition, offset, timestamp, key, value, headers } = message;
  return {
    key,
    value: value.length === 0 ? null : value,
    headers: {
      ...headers,
      "dead-letter-function": functionName,
      "dead-letter-status": String(refusal.status),
      "dead-letter-code": refusal.code,
      "dead-letter-reason": refusal.reason,
      "dead-letter-topic": topic,
      "dead-letter-partition": String(partition),
      "dead-letter-offset": String(offset),
      "dead-letter-timestamp": String(timestamp),
    },
  };
}
