import { lazily } from "@platform/shared/clients/lazily";
import type { Admin, Kafka, TopicPartition } from "kafkajs";
import { partitionKey } from "./partition-key.ts";

/** What a group has committed, by partition key. A partition without an offset is missing. */
type Committed = ReadonlyMap<string, number>;

/** No offset is committed. */
const none = -1;

/**
 * Watches whether Kafka keeps the offsets that a group commits. Kafka drops them when it deletes a topic; a consumer that
 * holds positions in memory would not notice that the topic was made anew, and skip the first messages of the new one.
 */
export class GroupOffsets {
  readonly #read: () => Promise<Committed>;
  /** What Kafka must have at least. */
  readonly #expected = new Map<string, { offset: number }>();
  #assigned: readonly TopicPartition[] = [];
  #followed: Promise<unknown> = Promise.resolve();
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Committed> | undefined;

  /** @param read asks Kafka for what the group has committed */
  constructor(read: () => Promise<Committed>) {
    this.#read = read;
  }

  /** Watches these partitions and no others. */
  follow(partitions: readonly TopicPartition[]): void {
    this.#assigned = partitions;
    const assigned = new Set(partitions.map(partitionKey));
    for (const key of this.#expected.keys()) if (!assigned.has(key)) this.#expected.delete(key);
    this.#followed = this.dropped().catch(() => undefined); // without an answer the next check asks again
  }

  /** After a commit. */
  advance(partition: TopicPartition, offset: number): void {
    this.#expected.set(partitionKey(partition), { offset });
  }

  /** After Kafka has dropped the offset of a partition. */
  reset(partition: TopicPartition): void {
    this.advance(partition, none);
  }

  /** Whether the group has no offset of a partition yet. */
  async isNew(partition: TopicPartition): Promise<boolean> {
    await this.#followed;
    return this.#expected.get(partitionKey(partition))?.offset === none;
  }

  /** The partitions whose offset Kafka no longer has, or has a lower one of. */
  async dropped(): Promise<TopicPartition[]> {
    const before = new Map(this.#expected);
    const committed = await this.#readTogether();
    return this.#assigned.filter((partition) => {
      const key = partitionKey(partition);
      const offset = committed.get(key) ?? none;
      const expected = this.#expected.get(key);
      if (expected === undefined) this.advance(partition, offset);
      return expected !== undefined && expected === before.get(key) && offset < expected.offset;
    });
  }

  /** One request at a time, which begins after the call and answers all that wait for it. */
  #readTogether(): Promise<Committed> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const committed = this.#read();
      this.#running = committed.catch(() => undefined);
      return committed;
    });
    return this.#next;
  }
}

/** Asks Kafka what a group has committed, over a connection of its own. */
export function createOffsetReader(kafka: Kafka, groupId: string) {
  const connection = lazily(async () => {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  });

  async function close(): Promise<void> {
    const admin = await connection.drop()?.catch(() => undefined);
    await admin?.disconnect();
  }

  return {
    async read(): Promise<Committed> {
      const admin = await connection.get();
      try {
        return await readCommitted(admin, groupId);
      } catch (error) {
        close().catch(() => undefined); // may hang, as Kafka may
        throw error;
      }
    },
    close,
  };
}

async function readCommitted(admin: Admin, groupId: string): Promise<Committed> {
  const topics = await admin.fetchOffsets({ groupId });
  return new Map(
    topics.flatMap(({ topic, partitions }) =>
      partitions.map(
        ({ partition, offset }) => [partitionKey({ topic, partition }), Number(offset)] as const,
      ),
    ),
  );
}
