import { endsWithin } from "@platform/shared/clients/ends-within";
import type { Consumer, EachBatchPayload, Kafka } from "kafkajs";
import type { ConsumerOptions } from "./consumer-options.ts";
import type { DrainingDeliveries } from "./draining-deliveries.ts";
import { MemberPartitions } from "./member-partitions.ts";
import { startSilenceWatchdog } from "./silence-watchdog.ts";
import { untilAborted } from "./until-aborted.ts";
import { whileConsuming } from "./while-consuming.ts";

/** What a member shares with the members before and after it. */
export interface GroupMemberContext {
  draining: DrainingDeliveries;
  /** Hears whether the member has joined its group. */
  onJoined(joined: boolean): void;
  /** Hears of the partitions that the member is assigned, before it joins. */
  onPartitions?(partitions: Pick<MemberPartitions, "undecodable">): void;
}

/** How long a fetch waits for messages: also how long a partition that is resumed may have to wait. */
const fetchWait = 200;
/** Of a fetch, unless one message alone has more: a message that waits keeps all of its fetch in memory. */
const mostBytesOfFetch = 2_000_000;
const mostBytesOfPartition = 500_000;
/** How long kafkajs may take to leave the group and to disconnect: with a broker that hangs it might never. */
const leaveTimeout = 10_000;

/**
 * Is a member of the consumer group until the signal fires; then waits for the batches in flight, commits what they
 * delivered, and leaves the group.
 * @throws what kafkajs failed with.
 */
export async function runGroupMember(
  options: ConsumerOptions,
  { draining, onJoined, onPartitions }: GroupMemberContext,
  signal: AbortSignal,
): Promise<void> {
  const { groupId, log, sessionTimeout, topics } = options;
  const { installFetchDecoder } = await import("@platform/shared/kafka/fetch-decoder");
  installFetchDecoder();
  const kafka = await options.open();
  const consumer = createConsumer(kafka, options);
  const left = new AbortController();
  const crash = watchCrash(consumer);
  const watchdog = startSilenceWatchdog(consumer, 30_000 + 3 * sessionTimeout);
  const partitions = new MemberPartitions({ kafka, consumer, options, draining, fail: crash.report });
  onPartitions?.(partitions);
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    partitions.rebalance(payload);
    if (!left.signal.aborted) onJoined(true);
    const { isLeader: leader, memberAssignment: assignment } = payload;
    log.info({ group: groupId, leader, assignment }, "group_joined");
  });
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    if (!left.signal.aborted) partitions.skip(payload);
  });
  const begun = begin(consumer, options, left.signal, partitions);
  const failed = Promise.race([crash.failed, watchdog.failed, begun.then(() => crash.failed)]);
  try {
    await untilAborted(signal, failed);
    onJoined(false);
    whileConsuming(() => consumer.pause(topics.map((topic) => ({ topic }))));
    await Promise.race([failed, partitions.stop()]);
  } finally {
    left.abort();
    watchdog.stop();
    const disposed = partitions[Symbol.asyncDispose]();
    const disconnected = begun.catch(() => undefined).then(() => consumer.disconnect());
    await endsWithin(leaveTimeout, Promise.allSettled([disposed, disconnected]));
  }
}

function createConsumer(kafka: Kafka, { groupId, sessionTimeout }: ConsumerOptions): Consumer {
  return kafka.consumer({
    groupId,
    sessionTimeout,
    rebalanceTimeout: sessionTimeout,
    heartbeatInterval: Math.floor(sessionTimeout / 4),
    maxWaitTimeInMs: fetchWait,
    maxBytesPerPartition: mostBytesOfPartition,
    maxBytes: mostBytesOfFetch,
    allowAutoTopicCreation: false,
    // The supervisor restarts it, with a new client.
    retry: { restartOnFailure: async () => false },
  });
}

/** Rejects when kafkajs gives up, or when a failure is reported. */
function watchCrash(consumer: Consumer) {
  const crash = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    crash.signal.addEventListener("abort", () => reject(crash.signal.reason), { once: true });
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => crash.abort(payload.error));
  return { failed, report: (error: unknown) => crash.abort(error) };
}

/** Connects and starts to consume, unless the member has left meanwhile. */
async function begin(
  consumer: Consumer,
  { topics }: ConsumerOptions,
  left: AbortSignal,
  partitions: MemberPartitions,
): Promise<void> {
  // kafkajs waits for the handlers of all partitions before it fetches again: this one hands the messages on.
  const eachBatch = async (payload: EachBatchPayload) => {
    if (!left.aborted && !payload.isStale()) partitions.enqueue(payload);
  };
  await consumer.connect();
  if (!left.aborted) await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  if (left.aborted) return;
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch });
}
