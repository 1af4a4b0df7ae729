import { retry } from "@platform/shared/clients/retry";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import type { TopicPartition } from "kafkajs";
import type { GroupOffsets } from "./group-offsets.ts";
import { partitionKey } from "./partition-key.ts";

/**
 * Checks right before a commit whether Kafka has dropped the group's offset of a partition. It uses no earlier answer, because a
 * topic can be created again within milliseconds. Returns false if the signal fires before Kafka answers.
 */
export function isOffsetDropped(
  offsets: Pick<GroupOffsets, "dropped">,
  partition: TopicPartition,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<boolean> {
  const key = partitionKey(partition);
  const ask = async () => (await offsets.dropped()).some((dropped) => partitionKey(dropped) === key);
  const onRetry = (error: unknown) =>
    log.warn({ ...partition, error: describeError(error) }, "offset_check_failed");
  return retry(ask, { signal, onRetry }).catch(() => false);
}
