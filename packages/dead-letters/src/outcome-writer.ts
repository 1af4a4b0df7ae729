import { endsWithin } from "@platform/shared/clients/ends-within";
import { sendAll, stickyPartitioner } from "@platform/shared/kafka/send-all";
import type { Kafka, Message, Producer, TopicMessages, Transaction } from "kafkajs";
import { outcomesTopic } from "./outcome.ts";

/** Writes messages and the outcomes of their letters, in one transaction of Kafka at a time. */
export interface OutcomeWriter extends AsyncDisposable {
  /**
   * Resolves when the transaction is committed. A writer whose transaction has failed is of no more use: whether Kafka
   * committed it is unknown until the next writer for the topic is open.
   */
  write(messages: readonly TopicMessages[], outcomes: readonly Message[]): Promise<void>;
}

/** How long opening, or a transaction, may take. Kafka aborts an older transaction after `abandonedAfter`. */
const timeLimit = 30_000;
const abandonedAfter = 60_000;

/**
 * Opens the only writer for a dead-letter topic. Kafka ends the transaction of the writer before it, by commit or abort, and
 * refuses all that this one sends from now on: what the topic of outcomes says after that is settled.
 */
export async function openOutcomeWriter(kafka: Kafka, topic: string): Promise<OutcomeWriter> {
  const { Partitioners } = await import("kafkajs");
  const producer = kafka.producer({
    createPartitioner: stickyPartitioner(Partitioners.DefaultPartitioner),
    transactionalId: `dead-letters-${topic}`,
    transactionTimeout: abandonedAfter,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  const disconnect = () => endsWithin(timeLimit, producer.disconnect());
  try {
    let transaction: Transaction | undefined = await withinLimit(begin(producer));
    return {
      async write(messages, outcomes) {
        const current = transaction ?? (await withinLimit(producer.transaction()));
        transaction = undefined;
        const topicMessages = [...messages, { topic: outcomesTopic, messages: [...outcomes] }];
        await withinLimit(sendAll(current, topicMessages).then(() => current.commit()));
      },
      async [Symbol.asyncDispose]() {
        await disconnect();
      },
    };
  } catch (error) {
    await disconnect();
    throw error;
  }
}

/** Whether Kafka refused a writer because a newer one for the same topic was opened. */
export function isTakenOver(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { type, code, cause } = error as { type?: unknown; code?: unknown; cause?: unknown };
  return type === "INVALID_PRODUCER_EPOCH" || code === producerFenced || isTakenOver(cause, depth + 1);
}

/** kafkajs 2.2.4 has no name for it. */
const producerFenced = 90;

async function begin(producer: Producer): Promise<Transaction> {
  await producer.connect();
  return await producer.transaction(); // the first one asks Kafka for the place of the only writer
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  if (await endsWithin(timeLimit, work)) return await work;
  throw new DOMException(`not within ${timeLimit} ms`, "TimeoutError");
}
