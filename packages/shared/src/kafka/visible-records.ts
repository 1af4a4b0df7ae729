import { setTimeout as sleep } from "node:timers/promises";
import type { Admin, Kafka, RecordMetadata } from "kafkajs";
import { settlesWithin } from "../clients/settles-within.ts";

const timeLimit = 5_000;
const interval = 20;

/**
 * Resolves when readers of committed messages see these records of a committed transaction, or after 5 s. Kafka answers a
 * commit before it has written the transaction's markers to the partitions; until then, reads end before its records.
 */
export async function waitUntilVisible(kafka: Kafka, records: readonly RecordMetadata[]): Promise<void> {
  if (records.length === 0) return;
  const admin = kafka.admin({ retry: { retries: 0 } });
  const deadline = Date.now() + timeLimit;
  const wait = async () => {
    await admin.connect();
    while (Date.now() < deadline && !(await areVisible(admin, records))) await sleep(interval);
  };
  await settlesWithin(timeLimit, wait());
  await settlesWithin(timeLimit, admin.disconnect());
}

/** Compares with the last stable offsets, which kafkajs's admin client reads as `high`. */
async function areVisible(admin: Admin, records: readonly RecordMetadata[]): Promise<boolean> {
  for (const topic of new Set(records.map(({ topicName }) => topicName))) {
    const offsets = new Map(
      (await admin.fetchTopicOffsets(topic)).map(({ high, partition }) => [partition, BigInt(high)]),
    );
    const isVisible = ({ baseOffset = "-1", partition }: RecordMetadata) =>
      (offsets.get(partition) ?? -1n) > BigInt(baseOffset);
    if (!records.filter(({ topicName }) => topicName === topic).every(isVisible)) return false;
  }
  return true;
}
