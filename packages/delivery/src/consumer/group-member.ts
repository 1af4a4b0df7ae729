import { endsWithin } from "@platform/shared/clients/ends-within";
import type { Consumer, EachBatchPayload, Kafka, TopicPartition } from "kafkajs";
import { messageOf } from "../message.ts";
import type { ConsumerOptions } from "./consumer-options.ts";
import type { DrainingDeliveries } from "./draining-deliveries.ts";
import { createOffsetCommitter } from "./offset-committer.ts";
import { PartitionAssignment } from "./partition-assignment.ts";
import { partitionKey } from "./partition-key.ts";
import { createPartitionQueue, type PartitionQueue } from "./partition-queue.ts";
import { startSilenceWatchdog } from "./silence-watchdog.ts";
import { untilAborted } from "./until-aborted.ts";

/** What a member shares with the members before and after it. */
export interface GroupMemberContext {
  draining: DrainingDeliveries;
  /** Hears whether the member has joined its group. */
  onJoined(joined: boolean): void;
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
  { draining, onJoined }: GroupMemberContext,
  signal: AbortSignal,
): Promise<void> {
  const { groupId, log, sessionTimeout, topics } = options;
  const consumer = createConsumer(await options.open(), options);
  const left = new AbortController();
  const crash = watchCrash(consumer);
  const watchdog = startSilenceWatchdog(consumer, 30_000 + 3 * sessionTimeout);
  const createQueue = queueFactory(consumer, options, draining, crash.report);
  const assignment = new PartitionAssignment({ consumer, draining, createQueue });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    assignment.rebalance(payload);
    if (!left.signal.aborted) onJoined(true);
    log.info({ group: groupId, assignment: payload.memberAssignment }, "joined the group");
  });
  const begun = begin(consumer, options, left.signal, assignment);
  const failed = Promise.race([crash.failed, watchdog.failed, begun.then(() => crash.failed)]);
  try {
    await untilAborted(signal, failed);
    onJoined(false);
    whileConsuming(() => consumer.pause(topics.map((topic) => ({ topic }))));
    await Promise.race([failed, assignment.stop()]);
  } finally {
    left.abort();
    watchdog.stop();
    assignment.revokeAll();
    const disconnected = begun.catch(() => undefined).then(() => consumer.disconnect());
    await endsWithin(leaveTimeout, disconnected);
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
  { groupId, log, topics }: ConsumerOptions,
  left: AbortSignal,
  assignment: PartitionAssignment,
): Promise<void> {
  // kafkajs waits for the handlers of all partitions before it fetches again: this one hands the messages on.
  const enqueue = async ({ batch, isStale, resolveOffset }: EachBatchPayload) => {
    const { messages, partition, topic } = batch;
    const first = messages[0];
    if (first === undefined || left.aborted || isStale()) return;
    const queue = assignment.queueOf({ topic, partition });
    // It goes back only where Kafka no longer has the next one: the topic was made anew, or has lost its end.
    if (Number(first.offset) < (queue.next() ?? 0)) {
      log.warn({ group: groupId, topic, partition, offset: first.offset }, "offsets begin anew");
    }
    queue.push(messages.map((message) => messageOf(topic, partition, message)));
    resolveOffset(messages.at(-1)!.offset);
  };
  await consumer.connect();
  if (!left.aborted) await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  if (left.aborted) return;
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: enqueue });
}

/** Makes the queues of partitions. */
function queueFactory(
  consumer: Consumer,
  options: ConsumerOptions,
  draining: DrainingDeliveries,
  fail: (error: unknown) => void,
): (partition: TopicPartition) => PartitionQueue {
  const committer = createOffsetCommitter(consumer, options);
  return (partition) => {
    const selection = [{ topic: partition.topic, partitions: [partition.partition] }];
    const { batchBytes, batchSize, deliver, startBatch } = options;
    return createPartitionQueue({
      batchBytes,
      batchSize,
      startBatch,
      async deliver(messages, signal) {
        await draining.drained(partitionKey(partition)); // keeps the order within a partition across a rebalance
        await deliver(messages, signal);
      },
      commit: (offset, signal) => committer.commit(partition, offset, signal),
      fail,
      pause: () => whileConsuming(() => consumer.pause(selection)),
      resume: () => whileConsuming(() => consumer.resume(selection)),
    });
  };
}

/** kafkajs throws when the consumer has not begun or has crashed: then there is nothing to pause. */
function whileConsuming(work: () => void): void {
  try {
    work();
  } catch {
    // A new consumer begins without pauses.
  }
}
