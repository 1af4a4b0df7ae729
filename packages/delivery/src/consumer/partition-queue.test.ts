import { createHeaderLimit } from "../call/to-function-call.ts";
import type { Message } from "../message.ts";
import { createMessage } from "../testing/create-message.ts";
import { createPartitionQueue } from "./partition-queue.ts";

const createMessages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => createMessage(from + index));

/** A queue whose deliveries are ended by the test. */
function startQueue(limits: { batchSize?: number; batchBytes?: number } = {}) {
  const deliveries: { offsets: number[]; signal: AbortSignal; end: () => void; fail: () => void }[] = [];
  const events: string[] = [];
  const queue = createPartitionQueue({
    batchSize: 3,
    batchBytes: 1_000,
    ...limits,
    startBatch: createHeaderLimit,
    deliver: (messages: readonly Message[], signal) =>
      new Promise<void>((end, reject) => {
        const fail = () => reject(new Error("aborted"));
        deliveries.push({ offsets: messages.map(({ offset }) => offset), signal, end, fail });
      }),
    commit: async (offset) => void events.push(`commit ${offset}`),
    fail: (error) => void events.push(`failed: ${(error as Error).message}`),
    pause: () => void events.push("pause"),
    resume: () => void events.push("resume"),
  });
  const settled = () => new Promise(setImmediate);
  return {
    queue,
    events,
    offsets: () => deliveries.map(({ offsets }) => offsets),
    last: () => deliveries.at(-1)!,
    async end() {
      deliveries.at(-1)!.end();
      await settled();
    },
    settled,
  };
}

it("delivers one batch at a time, and commits it before the next", async () => {
  const { queue, offsets, events, end } = startQueue();
  queue.push(createMessages(0, 3));
  expect(offsets()).toEqual([[0, 1, 2]]);
  await end();
  expect(offsets()).toEqual([[0, 1, 2], [3]]);
  expect(events).toEqual(["commit 3"]);
  await end();
  expect(events).toEqual(["commit 3", "commit 4"]);
});

it("forms a batch of the messages that arrived meanwhile, without waiting for more", async () => {
  const { queue, offsets, end } = startQueue();
  queue.push(createMessages(0, 0));
  queue.push(createMessages(1, 1));
  queue.push(createMessages(2, 2));
  await end();
  expect(offsets()).toEqual([[0], [1, 2]]);
  await end();
  queue.push(createMessages(3, 3));
  expect(offsets()).toEqual([[0], [1, 2], [3]]);
});

it("limits the bytes of a batch, unless a single message is larger", async () => {
  const { queue, offsets, end } = startQueue({ batchBytes: 10 });
  queue.push([
    createMessage(0, "12345"),
    createMessage(1, "12345"),
    createMessage(2, "x".repeat(50)),
    createMessage(3, "1"),
  ]);
  await end();
  await end();
  expect(offsets()).toEqual([[0, 1], [2], [3]]);
});

it("limits a batch by the length of the header with timestamps", async () => {
  const { queue, last } = startQueue({ batchSize: 10_000, batchBytes: 1_000_000 });
  queue.push(
    Array.from({ length: 10_000 }, (_, n) => ({ ...createMessage(n), timestamp: 1_700_000_000_000 })),
  );
  const header = [
    "1700000000000",
    ...last()
      .offsets.slice(1)
      .map(() => "0"),
  ].join();
  expect(header.length).toBeGreaterThan(7_900);
  expect(header.length).toBeLessThanOrEqual(8_000);
});

it("pauses when two batches wait, and resumes when fewer do", async () => {
  const { queue, events, end } = startQueue({ batchSize: 2 });
  queue.push(createMessages(0, 6));
  // The first batch is taken right after the pause.
  expect(events).toEqual(["pause"]);
  await end();
  expect(events).toEqual(["pause", "commit 2", "resume"]);
});

it("pauses when the bytes of two batches wait", () => {
  const { queue, events } = startQueue({ batchBytes: 10 });
  queue.push([createMessage(0, "x"), createMessage(1, "x".repeat(15))]);
  expect(events).toEqual([]);
  queue.push([createMessage(2, "x".repeat(5))]);
  expect(events).toEqual(["pause"]);
});

it("accepts two hundred thousand messages at once", () => {
  const { queue } = startQueue();
  queue.push(createMessages(0, 199_999));
  expect(queue.next()).toBe(200_000);
});

it("returns the offset after the last message, even if offsets start again", async () => {
  const { queue, offsets, events, end } = startQueue();
  expect(queue.next()).toBeUndefined();
  queue.push([createMessage(7), createMessage(9)]);
  expect(queue.next()).toBe(10);
  queue.push(createMessages(0, 1));
  expect(queue.next()).toBe(2);
  await end();
  await end();
  expect(offsets()).toEqual([
    [7, 9],
    [0, 1],
  ]);
  expect(events).toEqual(["commit 10", "commit 2"]);
});

it("commits after skipped records when the messages before them are delivered", async () => {
  const { queue, events, end, settled } = startQueue();
  queue.push(createMessages(0, 3), 6); // 4 and 5 end transactions
  await end();
  expect(events).toEqual(["commit 3"]);
  queue.skipTo(8);
  await end();
  expect(events).toEqual(["commit 3", "commit 8"]);
  queue.skipTo(9);
  await settled();
  expect(events).toEqual(["commit 3", "commit 8", "commit 9"]);
  expect(queue.next()).toBe(9);
});

it("commits skipped records without any message", async () => {
  const { queue, offsets, events, settled } = startQueue();
  queue.skipTo(2);
  await settled();
  expect(events).toEqual(["commit 2"]);
  expect(offsets()).toEqual([]);
});

it("commits the batch in flight when it is stopped, and delivers nothing more", async () => {
  const { queue, offsets, events, last } = startQueue();
  queue.push(createMessages(0, 5));
  const stopped = queue.stop();
  expect(last().signal.aborted).toBe(true);
  last().end();
  await stopped;
  queue.push(createMessages(6, 6));
  expect(offsets()).toEqual([[0, 1, 2]]);
  expect(events.filter((event) => event.startsWith("commit"))).toEqual(["commit 3"]);
});

it("does not commit a delivery that was aborted by the stop", async () => {
  const { queue, events, last } = startQueue();
  queue.push(createMessages(0, 1));
  const stopped = queue.stop();
  last().fail();
  await stopped;
  expect(events).toEqual([]);
});

it("commits nothing when it is dropped", async () => {
  const { queue, offsets, events, last } = startQueue();
  queue.push(createMessages(0, 3));
  const dropped = queue.drop();
  last().end();
  await dropped;
  expect(events).toEqual([]);
  expect(offsets()).toHaveLength(1);
});

it("delivers nothing more after a failed delivery", async () => {
  const { queue, offsets, events, last, settled } = startQueue();
  queue.push(createMessages(0, 3));
  last().fail();
  await settled();
  queue.push(createMessages(4, 4));
  await queue.stop();
  expect(offsets()).toEqual([[0, 1, 2]]);
  expect(events).toEqual(["failed: aborted"]);
});
