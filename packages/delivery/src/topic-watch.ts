import { lazily } from "@platform/shared/clients/lazily";
import type { Admin, Kafka } from "kafkajs";

/** The consumer lag of a group in a partition. */
export interface PartitionLag {
  topic: string;
  partition: number;
  lag: number;
}

/** Queries Kafka for topics and lags. Each query rejects with the error of Kafka. */
export interface TopicWatch {
  /** The names of all topics. */
  names(): Promise<ReadonlySet<string>>;
  /** The lag of a group in each partition of topics. */
  lags(groupId: string, topics: readonly string[]): Promise<PartitionLag[]>;
  close(): Promise<void>;
}

/**
 * Creates the queries, with one shared connection.
 * @param open returns a new Kafka client
 */
export function createTopicWatch(open: () => Promise<Kafka>): TopicWatch {
  const connection = lazily(async () => {
    const admin = (await open()).admin();
    await admin.connect();
    return admin;
  });

  async function ask<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = await connection.get();
    try {
      return await work(admin);
    } catch (error) {
      close().catch(() => undefined); // not awaited, because Kafka may hang
      throw error;
    }
  }

  async function close(): Promise<void> {
    const admin = await connection.drop()?.catch(() => undefined);
    await admin?.disconnect();
  }

  return {
    names: () => ask(async (admin) => new Set(await admin.listTopics())),
    lags: (groupId, topics) =>
      ask(async (admin) => {
        const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
        const lags: PartitionLag[] = [];
        for (const { topic, partitions } of committed) {
          const ends = await admin.fetchTopicOffsets(topic);
          for (const { partition, high, low } of ends) {
            const offset = Number(partitions.find((other) => other.partition === partition)?.offset ?? -1);
            lags.push({ topic, partition, lag: Math.max(0, Number(high) - Math.max(offset, Number(low))) });
          }
        }
        return lags;
      }),
    close,
  };
}
