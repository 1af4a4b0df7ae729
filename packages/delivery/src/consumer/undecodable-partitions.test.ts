import { UndecodableBatch } from "@platform/shared/kafka/undecodable-batch";
import { createLogger } from "@platform/shared/log/logger";
import { PartitionPauses } from "./partition-pauses.ts";
import { UndecodablePartitions } from "./undecodable-partitions.ts";

const partition = { topic: "orders", partition: 1 };
const batch = new UndecodableBatch(7, "the checksum is wrong");

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Partitions of a consumer, with recorded pauses. */
function startPartitions() {
  const events: string[] = [];
  const logged: object[] = [];
  const log = createLogger("test", "silent");
  log.error = (facts: object) => void logged.push(facts);
  const pauses = new PartitionPauses({
    pause: () => void events.push("pause"),
    resume: () => void events.push("resume"),
  });
  return {
    undecodable: new UndecodablePartitions({ groupId: "group", log, pauses }),
    pauses,
    events,
    logged,
  };
}

it("pauses a partition, and retries it with exponential backoff", () => {
  const { undecodable, events } = startPartitions();
  for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    events.length = 0;
    undecodable.hold(partition, batch);
    jest.advanceTimersByTime(pauseMs - 1);
    expect(events).toEqual(["pause"]);
    jest.advanceTimersByTime(1);
    expect(events).toEqual(["pause", "resume"]);
    expect(undecodable.partitions).toEqual([partition]);
  }
});

it("logs a partition at most once a minute", () => {
  const { undecodable, logged } = startPartitions();
  for (let seconds = 0; seconds < 120; seconds += 4) {
    undecodable.hold(partition, batch);
    jest.advanceTimersByTime(4_000);
  }
  expect(logged).toHaveLength(2);
  expect(logged[0]).toMatchObject({
    group: "group",
    ...partition,
    offset: 7,
    reason: "the checksum is wrong",
  });
});

it("forgets a partition that was read, was revoked, or has not failed again for a while", () => {
  const { undecodable } = startPartitions();
  undecodable.hold(partition, batch);
  undecodable.release(partition);
  expect(undecodable.partitions).toEqual([]);
  undecodable.hold(partition, batch);
  undecodable.retain([{ topic: "orders", partition: 0 }]);
  expect(undecodable.partitions).toEqual([]);
  undecodable.hold(partition, batch);
  jest.advanceTimersByTime(1_000 + 15_000);
  expect(undecodable.partitions).toEqual([]);
});

it("does not resume a partition whose queue is full", () => {
  const { undecodable, pauses, events } = startPartitions();
  pauses.pause(partition, "full");
  undecodable.hold(partition, batch);
  pauses.resume(partition, "full");
  expect(events).not.toContain("resume");
  pauses.pause(partition, "full");
  undecodable.release(partition);
  expect(events).not.toContain("resume");
  pauses.resume(partition, "full");
  expect(events.at(-1)).toBe("resume");
});
