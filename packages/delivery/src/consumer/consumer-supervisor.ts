import { setTimeout as sleep } from "node:timers/promises";
import { describeError } from "@platform/shared/errors/describe-error";
import type { TopicPartition } from "kafkajs";
import type { ConsumerOptions } from "./consumer-options.ts";
import { DrainingDeliveries } from "./draining-deliveries.ts";
import { runGroupMember } from "./group-member.ts";

/** A consumer that runs until it is disposed of: then it finishes calls in flight, commits, and leaves its group. */
export interface StartedConsumer extends AsyncDisposable {
  /** Is it a member of its group now? */
  joined(): boolean;
  /** The partitions that it has paused because a batch in them cannot be read. */
  undecodable(): TopicPartition[];
}

const pauseAfterCrash = 1_000;

/** Starts to consume topics; restarts with a new member of the group, and a new client, whenever that fails. */
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
        log.warn({ group: groupId, error: describeError(error) }, "consumer failed, begins anew");
      }
      onJoined(false);
      await sleep(pauseAfterCrash, undefined, { signal: stopped.signal }).catch(() => undefined);
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
