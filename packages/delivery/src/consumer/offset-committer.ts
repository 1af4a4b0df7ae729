import { retry } from "@platform/shared/clients/retry";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import type { Consumer, TopicPartition } from "kafkajs";
import { partitionKey } from "./partition-key.ts";

/** Commits the offsets of a consumer. */
export interface OffsetCommitter {
  /** Retries until the broker acknowledges the offset (true) or the signal fires (false). Does not reject. */
  commit(partition: TopicPartition, offset: number, signal: AbortSignal): Promise<boolean>;
}

const pauseMs = 500;

/** Creates a committer. The group's id is for the log. */
export function createOffsetCommitter(
  consumer: Consumer,
  { groupId, log }: { groupId: string; log: Logger },
): OffsetCommitter {
  /** Acknowledged offsets by partition. kafkajs reports no error if it does not commit because it is stopping. */
  const acknowledged = new Map<string, number>();
  consumer.on(consumer.events.COMMIT_OFFSETS, ({ payload }) => {
    for (const { topic, partitions } of payload.topics) {
      for (const { partition, offset } of partitions) {
        acknowledged.set(partitionKey({ topic, partition }), Number(offset));
      }
    }
  });

  async function tryToCommit({ topic, partition }: TopicPartition, offset: number): Promise<void> {
    const key = partitionKey({ topic, partition });
    acknowledged.delete(key);
    try {
      await consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
      if (acknowledged.get(key) !== offset) throw new Error("the consumer has stopped");
    } catch (error) {
      log.warn({ group: groupId, topic, partition, offset, error: describeError(error) }, "commit_failed");
      throw error;
    }
  }

  return {
    async commit(partition, offset, signal) {
      const backoff = { firstMs: pauseMs, longestMs: pauseMs };
      return retry(() => tryToCommit(partition, offset), { backoff, signal }).then(
        () => true,
        () => false,
      );
    },
  };
}
