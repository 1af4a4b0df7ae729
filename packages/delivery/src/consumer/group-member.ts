import { settlesWithin } from "@platform/shared/clients/settles-within";
import type { Consumer, EachBatchPayload, Kafka } from "kafkajs";
import type { ConsumerOptions } from "./consumer-options.ts";
import type { DrainingDeliveries } from "./draining-deliveries.ts";
import { ignoreIfNotConsuming } from "./ignore-if-not-consuming.ts";
import { MemberPartitions } from "./member-partitions.ts";
import { startSilenceWatchdog } from "./silence-watchdog.ts";
import { untilAborted } from "./until-aborted.ts";

/** The state that consecutive members share. */
export interface GroupMemberContext {
  draining: DrainingDeliveries;
  /** Called when the member joins or leaves its group. */
  onJoined(joined: boolean): void;
  /** Called with the member's partitions, before it joins. */
  onPartitions?(partitions: Pick<MemberPartitions, "undecodable">): void;
}

/** The time that a fetch waits for messages. A resumed partition may wait as long. */
const fetchWaitMs = 200;
/** Size limits of a fetch, unless a single message is larger. A waiting message keeps its whole fetch in memory. */
const maxFetchBytes = 2_000_000;
const maxPartitionBytes = 500_000;
/** The time limit for leaving the group and disconnecting, because a broker may hang. */
const leaveTimeoutMs = 10_000;

/**
 * Runs a member of the consumer group until the signal fires. Then it waits for the batches in flight, commits their offsets, and
 * leaves the group.
 * @throws the error of kafkajs
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
  const leaving = new AbortController();
  const crash = watchCrash(consumer);
  const watchdog = startSilenceWatchdog(consumer, 30_000 + 3 * sessionTimeout);
  const partitions = new MemberPartitions({ kafka, consumer, options, draining, fail: crash.report });
  onPartitions?.(partitions);
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    partitions.rebalance(payload);
    if (!leaving.signal.aborted) onJoined(true);
    const { isLeader: leader, memberAssignment: assignment } = payload;
    log.info({ group: groupId, leader, assignment }, "group_joined");
  });
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    if (!leaving.signal.aborted) partitions.skip(payload);
  });
  const begun = begin(consumer, options, leaving.signal, partitions);
  const failed = Promise.race([crash.failed, watchdog.failed, begun.then(() => crash.failed)]);
  try {
    await untilAborted(signal, failed);
    onJoined(false);
    ignoreIfNotConsuming(() => consumer.pause(topics.map((topic) => ({ topic }))));
    await Promise.race([failed, partitions.stop()]);
  } finally {
    leaving.abort();
    watchdog.stop();
    const disposed = partitions[Symbol.asyncDispose]();
    const disconnected = begun.catch(() => undefined).then(() => consumer.disconnect());
    await settlesWithin(leaveTimeoutMs, Promise.allSettled([disposed, disconnected]));
  }
}

function createConsumer(kafka: Kafka, { groupId, sessionTimeout }: ConsumerOptions): Consumer {
  return kafka.consumer({
    groupId,
    sessionTimeout,
    rebalanceTimeout: sessionTimeout,
    heartbeatInterval: Math.floor(sessionTimeout / 4),
    maxWaitTimeInMs: fetchWaitMs,
    maxBytesPerPartition: maxPartitionBytes,
    maxBytes: maxFetchBytes,
    allowAutoTopicCreation: false,
    // The supervisor restarts it, with a new client.
    retry: { restartOnFailure: async () => false },
  });
}

/** `failed` rejects when kafkajs crashes, or when a failure is reported. */
function watchCrash(consumer: Consumer) {
  const crash = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    crash.signal.addEventListener("abort", () => reject(crash.signal.reason), { once: true });
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => crash.abort(payload.error));
  return { failed, report: (error: unknown) => crash.abort(error) };
}

/** Connects and starts to consume, unless the member is already leaving. */
async function begin(
  consumer: Consumer,
  { topics }: ConsumerOptions,
  leaving: AbortSignal,
  partitions: MemberPartitions,
): Promise<void> {
  // kafkajs waits for the handlers of all partitions before the next fetch, so this one only enqueues the messages.
  const eachBatch = async (payload: EachBatchPayload) => {
    if (!leaving.aborted && !payload.isStale()) partitions.enqueue(payload);
  };
  await consumer.connect();
  if (!leaving.aborted) await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  if (leaving.aborted) return;
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch });
}
