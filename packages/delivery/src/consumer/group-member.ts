import { setTimeout as sleep } from "node:timers/promises";
import { endsWithin } from "@platform/shared/clients/ends-within";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from "kafkajs";
import { type Message, messageOf } from "./message.ts";
import { createPartitionQueue, type PartitionQueue } from "./partition-queue.ts";
import type { Route } from "./route.ts";

/** What feeds a function. */
export interface FunctionFeedOptions {
  route: Route;
  /** The consumer group. */
  groupId: string;
  /** How long a member may be silent, in milliseconds. */
  sessionTimeout: number;
  /** The most bytes of messages that are delivered at once. */
  batchBytes: number;
  /** Gives a new client of Kafka. */
  open(): Promise<Kafka>;
  /** Delivers messages of one partition, in order; rejects only when the signal fires. */
  deliver(messages: readonly Message[], signal: AbortSignal): Promise<void>;
  log: Logger;
}

/** The consumer of one function. */
export interface FunctionFeed {
  route: Route;
  /** Is it a member of its group now? */
  joined(): boolean;
  /** Lets calls in flight end, commits what they delivered, and leaves the group. */
  stop(): Promise<void>;
}

/** How long a fetch waits for messages: also how long a partition that is resumed may have to wait. */
const fetchWait = 200;
/** Of a fetch, unless one message alone has more: a message that waits keeps all of its fetch in memory. */
const mostBytesOfFetch = 2_000_000;
const mostBytesOfPartition = 500_000;
const pauseAfterCrash = 1_000;
const pauseAfterCommit = 500;
/** How long kafkajs may take to leave the group and to disconnect: with a broker that hangs it might never. */
const leaveTimeout = 10_000;

/** Starts to consume the topics of a route; begins anew, with a new client, whenever that fails. */
export function startFunctionFeed(options: FunctionFeedOptions): FunctionFeed {
  const { groupId, log, route } = options;
  const over = new AbortController();
  /** What is still being delivered from partitions that were taken away, by topic/partition. */
  const ending = new Map<string, Promise<void>>();
  let joined = false;

  async function run(): Promise<void> {
    while (!over.signal.aborted) {
      const member = createGroupMember(options, ending, (is) => {
        joined = is;
      });
      try {
        await member.run(over.signal);
      } catch (error) {
        log.warn({ group: groupId, error: describeError(error) }, "consumer failed, begins anew");
      }
      joined = false;
      await sleep(pauseAfterCrash, undefined, { signal: over.signal }).catch(() => undefined);
    }
    await Promise.all(ending.values());
  }

  const running = run();
  return {
    route,
    joined: () => joined,
    stop() {
      over.abort();
      return running;
    },
  };
}

/** A member of the group, from its start to its end. */
function createGroupMember(
  options: FunctionFeedOptions,
  ending: Map<string, Promise<void>>,
  setJoined: (is: boolean) => void,
) {
  const { batchBytes, deliver, groupId, log, route, sessionTimeout } = options;
  const queues = new Map<string, { queue: PartitionQueue; topic: string; partition: number }>();
  /** What the broker has acknowledged: kafkajs says nothing when it does not commit because it is stopping. */
  const committed = new Map<string, number>();
  let fail: (error: unknown) => void = () => undefined;
  let memberId: string | undefined;
  let ended = false;

  async function run(signal: AbortSignal): Promise<void> {
    const kafka = await options.open();
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout,
      rebalanceTimeout: sessionTimeout,
      heartbeatInterval: Math.floor(sessionTimeout / 4),
      maxWaitTimeInMs: fetchWait,
      maxBytesPerPartition: mostBytesOfPartition,
      maxBytes: mostBytesOfFetch,
      allowAutoTopicCreation: false,
      // It is `startFunctionFeed` that begins anew.
      retry: { restartOnFailure: async () => false },
    });
    consumer.on(consumer.events.GROUP_JOIN, (event) => join(consumer, event));
    consumer.on(consumer.events.COMMIT_OFFSETS, ({ payload }) => {
      for (const { topic, partitions } of payload.topics) {
        for (const one of partitions) committed.set(keyOf(topic, one.partition), Number(one.offset));
      }
    });
    const crashed = new Promise<never>((_, reject) => {
      fail = reject;
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    });
    const silent = failWhenSilent(consumer, 30_000 + 3 * sessionTimeout);
    const begun = begin(consumer);
    const failed = Promise.race([crashed, silent.failed, begun.then(() => crashed)]);
    try {
      await Promise.race([failed, aborted(signal)]);
      setJoined(false);
      whileConsuming(() => consumer.pause(route.topics.map((topic) => ({ topic }))));
      await Promise.race([failed, Promise.all([...queues.values()].map(({ queue }) => queue.stop()))]);
    } finally {
      ended = true;
      silent.stop();
      for (const key of queues.keys()) drop(key);
      await endsWithin(
        leaveTimeout,
        begun.catch(() => undefined).then(() => consumer.disconnect()),
      );
    }
  }

  async function begin(consumer: Consumer): Promise<void> {
    await consumer.connect();
    if (!ended) await consumer.subscribe({ topics: [...route.topics], fromBeginning: true });
    if (ended) return;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async (batch) => take(consumer, batch),
    });
  }

  /** Gives a partition up, without a commit. What is being delivered comes to its end, before anything else of it. */
  function drop(key: string): void {
    const { queue } = queues.get(key)!;
    queues.delete(key);
    const end = Promise.all([ending.get(key), queue.drop()]).then(() => {
      if (ending.get(key) === end) ending.delete(key);
    });
    ending.set(key, end);
  }

  /**
   * A rebalance. What this member keeps goes on where it is; what it has lost is dropped, and so is everything when the
   * group had given it up, because others may have had its partitions meanwhile.
   */
  function join(consumer: Consumer, { payload }: ConsumerGroupJoinEvent): void {
    const { memberAssignment } = payload;
    const isSame = memberId === undefined || memberId === payload.memberId;
    memberId = payload.memberId;
    for (const [key, { queue, topic, partition }] of queues) {
      const next = queue.next();
      if (isSame && next !== undefined && memberAssignment[topic]?.includes(partition)) {
        // kafkajs would begin at what is committed, or even hand over what it has fetched before the rebalance.
        consumer.seek({ topic, partition, offset: String(next) });
        continue;
      }
      drop(key);
      consumer.resume([{ topic, partitions: [partition] }]);
    }
    if (!ended) setJoined(true);
    log.info({ group: groupId, assignment: memberAssignment }, "joined the group");
  }

  function take(consumer: Consumer, { batch, isStale, resolveOffset }: EachBatchPayload): void {
    const { messages, partition, topic } = batch;
    const first = messages[0];
    if (first === undefined || ended || isStale()) return;
    const queue = queueOf(consumer, topic, partition);
    // It goes back only where Kafka no longer has the next one: the topic was made anew, or has lost its end.
    if (Number(first.offset) < (queue.next() ?? 0)) {
      log.warn({ group: groupId, topic, partition, offset: first.offset }, "offsets begin anew");
    }
    queue.push(messages.map((message) => messageOf(topic, partition, message)));
    resolveOffset(messages.at(-1)!.offset);
  }

  function queueOf(consumer: Consumer, topic: string, partition: number): PartitionQueue {
    const key = keyOf(topic, partition);
    const known = queues.get(key)?.queue;
    if (known !== undefined) return known;
    const partitions = [{ topic, partitions: [partition] }];

    async function isCommitted(offset: number): Promise<boolean> {
      let error: unknown = new Error("the consumer has stopped");
      committed.delete(key);
      try {
        await consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
        if (committed.get(key) === offset) return true;
      } catch (thrown) {
        error = thrown;
      }
      log.warn({ group: groupId, topic, partition, offset, error: describeError(error) }, "commit failed");
      return false;
    }

    const queue = createPartitionQueue({
      batchSize: route.batchSize,
      batchBytes,
      async deliver(messages, signal) {
        await ending.get(key); // the order within a partition holds across a rebalance as well
        await deliver(messages, signal);
      },
      async commit(offset, signal) {
        while (!(await isCommitted(offset))) {
          const over = await sleep(pauseAfterCommit, false, { signal }).catch(() => true);
          if (over) return;
        }
      },
      fail: (error) => fail(error),
      pause: () => whileConsuming(() => consumer.pause(partitions)),
      resume: () => whileConsuming(() => consumer.resume(partitions)),
    });
    queues.set(key, { queue, topic, partition });
    return queue;
  }

  return { run };
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** kafkajs throws when the consumer has not begun or has crashed: then there is nothing to pause. */
function whileConsuming(work: () => void): void {
  try {
    work();
  } catch {
    // A new consumer begins without pauses.
  }
}

/** Fails when kafkajs neither fetches nor joins for a time: it has bugs that let it wait for ever. */
function failWhenSilent(consumer: Consumer, milliseconds: number) {
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`kafkajs was silent for ${milliseconds} ms`)), milliseconds);
  });
  for (const name of [consumer.events.FETCH, consumer.events.GROUP_JOIN]) {
    consumer.on(name, () => timer?.refresh());
  }
  return { failed, stop: () => clearTimeout(timer) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
