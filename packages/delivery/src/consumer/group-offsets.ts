import { lazily } from "@platform/shared/clients/lazily";
import type { Admin, Kafka, TopicPartition } from "kafkajs";
import { partitionKey } from "./partition-key.ts";

/** The committed offsets of a group, by partition key, without partitions that have none. */
type Committed = ReadonlyMap<string, number>;

/** The value for a partition without a committed offset. */
const noOffset = -1;

/**
 * Detects that Kafka has dropped offsets of a group, as it does when a topic is deleted. A consumer with positions in memory would
 * not notice that the topic was created again, and would skip the first messages of the new one.
 */
export class GroupOffsets {
  readonly #read: () => Promise<Committed>;
  /** The minimum that Kafka must have. */
  readonly #expected = new Map<string, { offset: number }>();
  #assigned: readonly TopicPartition[] = [];
  #followed: Promise<unknown> = Promise.resolve();
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Committed> | undefined;

  /** @param read asks Kafka for the committed offsets of the group */
  constructor(read: () => Promise<Committed>) {
    this.#read = read;
  }

  /** Watches only these partitions. */
  follow(partitions: readonly TopicPartition[]): void {
    this.#assigned = partitions;
    const assigned = new Set(partitions.map(partitionKey));
    for (const key of this.#expected.keys()) if (!assigned.has(key)) this.#expected.delete(key);
    this.#followed = this.dropped().catch(() => undefined); // the next check asks again
  }

  /** Records a commit. */
  advance(partition: TopicPartition, offset: number): void {
    this.#expected.set(partitionKey(partition), { offset });
  }

  /** Records that Kafka has dropped the offset of a partition. */
  reset(partition: TopicPartition): void {
    this.advance(partition, noOffset);
  }

  /** Whether the group has no offset for a partition yet. */
  async isNew(partition: TopicPartition): Promise<boolean> {
    await this.#followed;
    return this.#expected.get(partitionKey(partition))?.offset === noOffset;
  }

  /** The partitions whose committed offset is missing or lower than expected. */
  async dropped(): Promise<TopicPartition[]> {
    const before = new Map(this.#expected);
    const committed = await this.#readTogether();
    return this.#assigned.filter((partition) => {
      const key = partitionKey(partition);
      const offset = committed.get(key) ?? noOffset;
      const expected = this.#expected.get(key);
      if (expected === undefined) this.advance(partition, offset);
      return expected !== undefined && expected === before.get(key) && offset < expected.offset;
    });
  }

  /** Shares a request among concurrent callers. It starts after the call, and only one runs at a time. */
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

/** Creates a reader of a group's committed offsets, with its own connection. */
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
        close().catch(() => undefined); // not awaited, because Kafka may hang
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
