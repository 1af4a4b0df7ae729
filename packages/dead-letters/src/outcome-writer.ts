import { openTransactionWriter } from "@platform/shared/kafka/transaction-writer";
import type { Kafka, Message, TopicMessages } from "kafkajs";
import { outcomesTopic } from "./outcome.ts";

/** Writes messages and the outcomes of their letters, in one transaction of Kafka at a time. */
export interface OutcomeWriter extends AsyncDisposable {
  /**
   * Resolves when the transaction is committed. After a failure, close the writer: whether Kafka committed
   * the transaction is unknown until the next writer for the topic is open.
   */
  write(messages: readonly TopicMessages[], outcomes: readonly Message[]): Promise<void>;
}

/**
 * Opens the only writer for a dead-letter topic. Kafka commits or aborts the transaction of the previous writer, and fences
 * that writer. From then on, no earlier transaction for the topic is open.
 */
export async function openOutcomeWriter(kafka: Kafka, topic: string): Promise<OutcomeWriter> {
  const writer = await openTransactionWriter(kafka, `dead-letters-${topic}`);
  return {
    write: (messages, outcomes) =>
      writer.write([...messages, { topic: outcomesTopic, messages: [...outcomes] }]),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}
