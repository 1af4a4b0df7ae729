import { retry } from "@platform/shared/clients/retry";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import type { TopicPartition } from "kafkajs";
import type { GroupOffsets } from "./group-offsets.ts";
import { partitionKey } from "./partition-key.ts";

/** An answer of Kafka holds for so long, in milliseconds. */
const fresh = 100;

/** Checks beside a call whether Kafka still has the group's offset of a partition. */
export interface KeptOffsetCheck {
  /** Whether Kafka has dropped the offset; asks again where the answer is old. False where nobody answers. */
  isDropped(signal: AbortSignal): Promise<boolean>;
}

/** Starts to ask: the answer is there when the call ends. */
export function startKeptOffsetCheck(
  offsets: Pick<GroupOffsets, "dropped">,
  partition: TopicPartition,
  log: Logger,
): KeptOffsetCheck {
  const startedAt = performance.now();
  const key = partitionKey(partition);
  const ask = async () => (await offsets.dropped()).some((dropped) => partitionKey(dropped) === key);
  const early = ask().catch(() => undefined);
  return {
    async isDropped(signal) {
      const answer = await early;
      if (answer === true) return true;
      if (answer === false && performance.now() - startedAt < fresh) return false;
      const onRetry = (error: unknown) =>
        log.warn({ ...partition, error: describeError(error) }, "offset_check_failed");
      return retry(ask, { signal, onRetry }).catch(() => false);
    },
  };
}
