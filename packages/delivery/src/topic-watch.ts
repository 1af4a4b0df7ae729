import { lazily } from "@platform/shared/clients/lazily";
import type { Admin, Kafka } from "kafkajs";

/** How many messages of a partition a consumer group has not committed yet. */
export interface PartitionLag {
  topic: string;
  partition: number;
  lag: number;
}

/** What is asked of Kafka beside messages. Each answer rejects when Kafka does not give it. */
export interface TopicWatch {
  names(): Promise<ReadonlySet<string>>;
  lags(groupId: string, topics: readonly string[]): Promise<PartitionLag[]>;
  close(): Promise<void>;
}

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
      close().catch(() => undefined); // may hang, as Kafka may
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
            const offset = Number(partitions.find((one) => one.partition === partition)?.offset ?? -1);
            lags.push({ topic, partition, lag: Math.max(0, Number(high) - Math.max(offset, Number(low))) });
          }
        }
        return lags;
      }),
    close,
  };
}
