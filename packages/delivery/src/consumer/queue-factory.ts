import type { Consumer, TopicPartition } from "kafkajs";
import type { ConsumerOptions } from "./consumer-options.ts";
import type { DrainingDeliveries } from "./draining-deliveries.ts";
import { isOffsetDropped } from "./dropped-offset.ts";
import type { GroupOffsets } from "./group-offsets.ts";
import { createOffsetCommitter } from "./offset-committer.ts";
import { partitionKey } from "./partition-key.ts";
import type { PartitionPauses } from "./partition-pauses.ts";
import { createPartitionQueue, type PartitionQueue } from "./partition-queue.ts";

/** The dependencies of a group member's queues. */
interface QueueContext {
  consumer: Consumer;
  options: ConsumerOptions;
  draining: DrainingDeliveries;
  pauses: PartitionPauses;
  offsets: GroupOffsets;
  /** Called when Kafka has dropped the group's offset, because the topic was created again. */
  onDropped(partition: TopicPartition): void;
  fail(error: unknown): void;
}

/** Returns a function that creates the queues of a member's partitions. */
export function createQueueFactory(context: QueueContext) {
  const { consumer, draining, fail, offsets, onDropped, options, pauses } = context;
  const { batchBytes, batchSize, log, startBatch } = options;
  const committer = createOffsetCommitter(consumer, options);

  return (partition: TopicPartition, startOffset?: number): PartitionQueue => {
    async function commit(offset: number, signal: AbortSignal): Promise<void> {
      if (await committer.commit(partition, offset, signal)) offsets.advance(partition, offset);
    }

    return createPartitionQueue({
      batchBytes,
      batchSize,
      startBatch,
      startOffset,
      async deliver(messages, signal) {
        await draining.drained(partitionKey(partition)); // keeps the order within a partition across a rebalance
        // Without a committed offset, the consumer would not notice that the topic is created again during the first call.
        if (await offsets.isNew(partition)) await commit(messages[0]!.offset, signal);
        await options.deliver(messages, signal);
      },
      async commit(offset, signal) {
        if (await isOffsetDropped(offsets, partition, { log, signal })) onDropped(partition);
        else await commit(offset, signal);
      },
      fail,
      pause: () => pauses.pause(partition, "full"),
      resume: () => pauses.resume(partition, "full"),
    });
  };
}
