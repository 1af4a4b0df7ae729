import { setTimeout as sleep } from "node:timers/promises";
import { describeError } from "@platform/shared/errors/describe-error";
import type { TopicPartition } from "kafkajs";
import type { ConsumerOptions } from "./consumer-options.ts";
import { DrainingDeliveries } from "./draining-deliveries.ts";
import { runGroupMember } from "./group-member.ts";

/** A running consumer. Disposing of it finishes calls in flight, commits, and leaves the group. */
export interface StartedConsumer extends AsyncDisposable {
  /** Whether it is a member of its group now. */
  joined(): boolean;
  /** The partitions that are paused because of an unreadable batch. */
  undecodable(): TopicPartition[];
}

const restartPauseMs = 1_000;

/** Starts to consume topics. After a failure, it restarts with a new client and a new group member. */
export function startConsumer(options: ConsumerOptions): StartedConsumer {
  const { groupId, log } = options;
  const stopped = new AbortController();
  const draining = new DrainingDeliveries();
  let joined = false;
  let partitions: { undecodable: TopicPartition[] } = { undecodable: [] };
  const onJoined = (isJoined: boolean) => {
    joined = isJoined;
  };
  const onPartitions = (current: typeof partitions) => {
    partitions = current;
  };

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await runGroupMember(options, { draining, onJoined, onPartitions }, stopped.signal);
      } catch (error) {
        log.warn({ group: groupId, error: describeError(error) }, "consumer_restarted");
      }
      onJoined(false);
      await sleep(restartPauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
    await draining.allDrained();
  }

  const running = run();
  return {
    joined: () => joined,
    undecodable: () => partitions.undecodable,
    [Symbol.asyncDispose]() {
      stopped.abort();
      return running;
    },
  };
}
