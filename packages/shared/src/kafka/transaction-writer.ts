import type { Kafka, Producer, RecordMetadata, TopicMessages, Transaction } from "kafkajs";
import { settlesWithin } from "../clients/settles-within.ts";
import { sendAll, stickyPartitioner } from "./send-all.ts";
import { waitUntilVisible } from "./visible-records.ts";

/**
 * Writes messages to several topics, in one transaction of Kafka at a time. Its disposal waits, for some seconds at most,
 * until readers see the last transaction.
 */
export interface TransactionWriter extends AsyncDisposable {
  /**
   * Resolves when the transaction is committed. After a failure, close the writer: whether Kafka committed
   * the transaction is unknown until the next writer with the same id is open.
   */
  write(messages: readonly TopicMessages[]): Promise<void>;
}

/** The time limit for opening a writer and for a transaction. Kafka aborts an open transaction after `abandonedAfter`. */
const timeLimit = 30_000;
const abandonedAfter = 60_000;

/**
 * Opens the only writer with an id. Kafka commits or aborts the transaction of the previous writer, and fences that writer.
 * From then on, no earlier transaction is open.
 */
export async function openTransactionWriter(
  kafka: Kafka,
  transactionalId: string,
): Promise<TransactionWriter> {
  const { Partitioners } = await import("kafkajs");
  const producer = kafka.producer({
    createPartitioner: stickyPartitioner(Partitioners.DefaultPartitioner),
    transactionalId,
    transactionTimeout: abandonedAfter,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  const disconnect = () => settlesWithin(timeLimit, producer.disconnect());
  try {
    let transaction: Transaction | undefined = await withinLimit(begin(producer));
    let committed: readonly RecordMetadata[] = [];
    return {
      async write(messages) {
        const current = transaction ?? (await withinLimit(producer.transaction()));
        transaction = undefined;
        committed = [];
        committed = await withinLimit(commit(current, messages));
      },
      async [Symbol.asyncDispose]() {
        await Promise.all([disconnect(), waitUntilVisible(kafka, committed)]);
      },
    };
  } catch (error) {
    await disconnect();
    throw error;
  }
}

/** Whether a newer writer with the same id has fenced this one. */
export function isTakenOver(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { type, code, cause } = error as { type?: unknown; code?: unknown; cause?: unknown };
  return type === "INVALID_PRODUCER_EPOCH" || code === producerFenced || isTakenOver(cause, depth + 1);
}

/** Kafka's error code PRODUCER_FENCED, which kafkajs 2.2.4 does not know. */
const producerFenced = 90;

async function begin(producer: Producer): Promise<Transaction> {
  await producer.connect();
  return await producer.transaction(); // the first transaction fences older writers
}

async function commit(
  transaction: Transaction,
  messages: readonly TopicMessages[],
): Promise<RecordMetadata[]> {
  const records = await sendAll(transaction, messages);
  await transaction.commit();
  return records;
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  if (await settlesWithin(timeLimit, work)) return await work;
  throw new DOMException(`no answer within ${timeLimit} ms`, "TimeoutError");
}
