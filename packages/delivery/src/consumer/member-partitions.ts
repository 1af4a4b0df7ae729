import { UndecodableBatch } from "@platform/shared/kafka/undecodable-batch";
import type {
  Consumer,
  ConsumerEndBatchProcessEvent,
  ConsumerGroupJoinEvent,
  EachBatchPayload,
  Kafka,
  KafkaMessage,
  TopicPartition,
} from "kafkajs";
import { toMessage } from "../message.ts";
import type { ConsumerOptions } from "./consumer-options.ts";
import type { DrainingDeliveries } from "./draining-deliveries.ts";
import { createOffsetReader, GroupOffsets } from "./group-offsets.ts";
import { PartitionAssignment } from "./partition-assignment.ts";
import { PartitionPauses } from "./partition-pauses.ts";
import { createQueueFactory } from "./queue-factory.ts";
import { UndecodablePartitions } from "./undecodable-partitions.ts";

/** The dependencies of a member's partitions. */
interface MemberPartitionsOptions {
  kafka: Kafka;
  consumer: Consumer;
  options: ConsumerOptions;
  draining: DrainingDeliveries;
  /** Called for an unexpected error of a delivery, which is a bug. */
  fail(error: unknown): void;
}

/** The interval of checks that Kafka still has the group's offsets. */
const offsetCheckIntervalMs = 2_000;

/** The partitions of a group member, with their queues and offsets, and the unreadable ones. */
export class MemberPartitions implements AsyncDisposable {
  readonly #options: ConsumerOptions;
  readonly #assignment: PartitionAssignment;
  readonly #offsets: GroupOffsets;
  readonly #undecodable: UndecodablePartitions;
  readonly #closeReader: () => Promise<void>;
  readonly #offsetCheck: NodeJS.Timeout;

  constructor({ kafka, consumer, options, draining, fail }: MemberPartitionsOptions) {
    const { groupId, log } = options;
    const pauses = new PartitionPauses(consumer);
    const reader = createOffsetReader(kafka, groupId);
    const onDropped = (partition: TopicPartition) => this.#restart(partition);
    this.#options = options;
    this.#offsets = new GroupOffsets(reader.read);
    this.#undecodable = new UndecodablePartitions({ groupId, log, pauses });
    const context = { consumer, options, draining, pauses, offsets: this.#offsets, onDropped, fail };
    const createQueue = createQueueFactory(context);
    this.#assignment = new PartitionAssignment({ consumer, draining, pauses, createQueue });
    this.#closeReader = reader.close;
    this.#offsetCheck = setInterval(() => this.#checkOffsets(), offsetCheckIntervalMs);
  }

  /** The partitions that cannot be read now. */
  get undecodable(): TopicPartition[] {
    return this.#undecodable.partitions;
  }

  rebalance(join: ConsumerGroupJoinEvent["payload"]): void {
    const assigned = Object.entries(join.memberAssignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    this.#undecodable.retain(assigned);
    this.#assignment.rebalance(join);
    this.#offsets.follow(assigned);
  }

  /** Queues the messages of a fetch. Pauses the partition at an unreadable batch. */
  enqueue({ batch, resolveOffset }: Pick<EachBatchPayload, "batch" | "resolveOffset">): void {
    const { partition, topic } = batch;
    const topicPartition = { topic, partition };
    const undecodable = batch.messages.find((message) => message instanceof UndecodableBatch);
    const messages = batch.messages.filter((message) => message !== undecodable);
    if (messages.length > 0)
      this.#push(topicPartition, messages, undecodable === undefined ? batch.lastOffset() : undefined);
    if (messages.length > 0) resolveOffset(messages.at(-1)!.offset);
    if (undecodable === undefined) this.#undecodable.release(topicPartition);
    else this.#undecodable.hold(topicPartition, undecodable as unknown as UndecodableBatch);
  }

  /** Skips the records that kafkajs filters out: transaction markers and aborted messages. */
  skip({
    batchSize,
    firstOffset,
    lastOffset,
    partition,
    topic,
  }: ConsumerEndBatchProcessEvent["payload"]): void {
    if (batchSize > 0) return;
    const queue = this.#assignment.ensureQueue({ topic, partition });
    const next = queue.next();
    // After a seek, kafkajs may still report an earlier fetch.
    if (next !== undefined && Number(firstOffset) > next) return;
    queue.skipTo(Number(lastOffset) + 1);
    this.#undecodable.release({ topic, partition });
  }

  /** Resolves when the batches in flight are finished and committed. */
  stop(): Promise<void> {
    return this.#assignment.stop();
  }

  /** Revokes all partitions without a commit. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#offsetCheck);
    this.#undecodable.retain([]);
    this.#assignment.revokeAll();
    await this.#closeReader();
  }

  #push(
    topicPartition: TopicPartition,
    messages: readonly KafkaMessage[],
    lastOffset: string | undefined,
  ): void {
    const { topic, partition } = topicPartition;
    const { groupId, log } = this.#options;
    const queue = this.#assignment.ensureQueue(topicPartition);
    const { offset } = messages[0]!;
    // An offset goes back only if Kafka lost the next one: the topic was created again, or was truncated.
    if (Number(offset) < (queue.next() ?? 0)) {
      log.warn({ group: groupId, topic, partition, offset }, "offsets_reset");
    }
    const nextOffset = lastOffset === undefined ? undefined : Number(lastOffset) + 1;
    queue.push(
      messages.map((message) => toMessage(topic, partition, message)),
      nextOffset,
    );
  }

  #checkOffsets(): void {
    this.#offsets.dropped().then(
      (partitions) => {
        for (const partition of partitions) this.#restart(partition);
      },
      () => undefined, // the check before the next commit reports the error
    );
  }

  /** Restarts a partition whose offset Kafka has dropped, because its topic was created again. */
  #restart(partition: TopicPartition): void {
    const { groupId, log } = this.#options;
    log.warn({ group: groupId, ...partition, offset: 0 }, "offsets_reset");
    this.#offsets.reset(partition);
    this.#undecodable.release(partition);
    this.#assignment.restart(partition);
  }
}
