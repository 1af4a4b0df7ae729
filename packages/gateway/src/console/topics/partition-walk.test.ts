import type { FetchedRecords } from "@platform/shared/kafka/fetch-records";
import { type PartitionWalk, type ReadRecords, walkBackwards, walkForwards } from "./partition-walk.ts";

/** A fake partition with gaps and an unreadable batch. A fetch returns three messages. */
function partition(
  offsets: readonly number[],
  end: number,
  broken?: { first: number; last: number },
): ReadRecords {
  return async (_, offset): Promise<FetchedRecords> => {
    const before = broken !== undefined && offset <= broken.last ? broken : undefined;
    const rest = offsets.filter((other) => other >= offset && (before === undefined || other < before.first));
    const messages = rest.slice(0, 3).map((other) => ({
      offset: String(other),
      timestamp: String(other),
      key: null,
      value: Buffer.from(String(other)),
      headers: {},
    }));
    if (before !== undefined && rest.length <= 3)
      return { messages, unreadable: { offset: before.first, reason: "damaged" }, next: before.last + 1 };
    return { messages, unreadable: undefined, next: rest.length > 3 ? rest[2]! + 1 : end };
  };
}

async function readOffsets(walk: PartitionWalk, count = Number.POSITIVE_INFINITY): Promise<string[]> {
  const offsets: string[] = [];
  while (offsets.length < count) {
    const record = await walk.peek();
    if (record === undefined) break;
    walk.take();
    offsets.push(record.problem === undefined ? String(record.offset) : `${record.offset} ${record.problem}`);
  }
  return offsets;
}

const range = (start: number, end: number) => ({ partition: 0, start, end });

it("walks through a partition in both directions, across gaps", async () => {
  const offsets = [2, 3, 5, 8, 13, 21, 89];
  const read = partition(offsets, 100);
  expect(await readOffsets(walkForwards(read, range(0, 100)))).toEqual(offsets.map(String));
  expect(await readOffsets(walkBackwards(read, range(0, 100)))).toEqual(offsets.map(String).reverse());
  expect(await readOffsets(walkForwards(read, range(3, 13)))).toEqual(["3", "5", "8"]);
  expect(await readOffsets(walkBackwards(read, range(3, 13)))).toEqual(["8", "5", "3"]);
});

it("continues from the position of an earlier walk", async () => {
  const offsets = Array.from({ length: 300 }, (_, index) => index * 2);
  const read = partition(offsets, 600);
  const first = walkBackwards(read, range(0, 600));
  const newest = await readOffsets(first, 50);
  const second = walkBackwards(read, range(0, first.position));
  expect([...newest, ...(await readOffsets(second))]).toEqual(offsets.map(String).reverse());
  const forwards = walkForwards(read, range(0, 600));
  const oldest = await readOffsets(forwards, 50);
  const rest = walkForwards(read, range(forwards.position, 600));
  expect([...oldest, ...(await readOffsets(rest))]).toEqual(offsets.map(String));
});

it("yields an unreadable batch once, and continues after it", async () => {
  const read = partition([0, 1, 40, 41], 42, { first: 2, last: 39 });
  const expected = ["0", "1", "2 damaged", "40", "41"];
  expect(await readOffsets(walkForwards(read, range(0, 42)))).toEqual(expected);
  expect(await readOffsets(walkBackwards(read, range(0, 42)))).toEqual([...expected].reverse());
});

it("ends before an open transaction", async () => {
  const read: ReadRecords = async (_, offset) => ({ messages: [], unreadable: undefined, next: offset });
  for (const walk of [walkForwards, walkBackwards])
    expect(await readOffsets(walk(read, range(0, 10)))).toEqual([]);
});

it("stops between two windows at the time limit, and continues there", async () => {
  const read = partition([0], 1_000_000);
  const first = walkBackwards(read, range(0, 1_000_000), { isOver: () => true });
  expect(await first.peek()).toBeUndefined();
  expect(first.position).toBeLessThan(1_000_000);
  expect(first.position).toBeGreaterThan(0);
  expect(await readOffsets(walkBackwards(read, range(0, first.position)))).toEqual(["0"]);
});
