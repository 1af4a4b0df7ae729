import type { Consumer, ConsumerGroupJoinEvent, TopicPartition } from "kafkajs";
import type { DrainingDeliveries } from "./draining-deliveries.ts";
import { partitionKey } from "./partition-key.ts";
import type { PartitionPauses } from "./partition-pauses.ts";
import type { PartitionQueue } from "./partition-queue.ts";

type GroupJoin = ConsumerGroupJoinEvent["payload"];

/** The dependencies of an assignment. */
export interface PartitionAssignmentOptions {
  consumer: Pick<Consumer, "seek">;
  draining: DrainingDeliveries;
  pauses: Pick<PartitionPauses, "resumeAll">;
  /** @param startOffset the expected offset of the first message, if it is known */
  createQueue(partition: TopicPartition, startOffset?: number): PartitionQueue;
}

/** The assigned partitions that had messages, each with its queue. */
export class PartitionAssignment {
  readonly #options: PartitionAssignmentOptions;
  readonly #queues = new Map<string, { queue: PartitionQueue; partition: TopicPartition }>();
  #memberId: string | undefined;

  constructor(options: PartitionAssignmentOptions) {
    this.#options = options;
  }

  /** The queue of a partition, created at the first call. */
  ensureQueue(partition: TopicPartition): PartitionQueue {
    const key = partitionKey(partition);
    const known = this.#queues.get(key)?.queue;
    if (known !== undefined) return known;
    return this.#create(partition);
  }

  /** Drops the queued messages of a partition, and reads it again from offset 0. */
  restart(partition: TopicPartition): void {
    if (this.#queues.has(partitionKey(partition))) this.#revoke(partitionKey(partition));
    this.#create(partition, 0);
    this.#options.pauses.resumeAll(partition);
    this.#options.consumer.seek({ ...partition, offset: "0" });
  }

  /**
   * Handles a rebalance. A kept partition continues at the end of its queue; the others are revoked. A new member id revokes all,
   * because the group had removed the old member, and others may have had its partitions.
   */
  rebalance({ memberId, memberAssignment }: Pick<GroupJoin, "memberId" | "memberAssignment">): void {
    const { consumer, pauses } = this.#options;
    const isSameMember = this.#memberId === undefined || this.#memberId === memberId;
    this.#memberId = memberId;
    for (const [key, { queue, partition }] of this.#queues) {
      const next = queue.next();
      const isKept = isSameMember && memberAssignment[partition.topic]?.includes(partition.partition);
      if (isKept && next !== undefined) {
        // Otherwise kafkajs would continue at the committed offset, or return messages from before the rebalance.
        consumer.seek({ ...partition, offset: String(next) });
        continue;
      }
      this.#revoke(key);
      pauses.resumeAll(partition);
    }
  }

  /** Stops all queues. Resolves when the batches in flight are finished and committed. */
  async stop(): Promise<void> {
    await Promise.all([...this.#queues.values()].map(({ queue }) => queue.stop()));
  }

  /** Revokes all partitions without a commit. */
  revokeAll(): void {
    for (const key of this.#queues.keys()) this.#revoke(key);
  }

  #create(partition: TopicPartition, startOffset?: number): PartitionQueue {
    const queue = this.#options.createQueue(partition, startOffset);
    this.#queues.set(partitionKey(partition), { queue, partition });
    return queue;
  }

  /** Revokes a partition. Its batch in flight ends before the partition's next delivery. */
  #revoke(key: string): void {
    const { queue } = this.#queues.get(key)!;
    this.#queues.delete(key);
    this.#options.draining.add(key, queue.drop());
  }
}
