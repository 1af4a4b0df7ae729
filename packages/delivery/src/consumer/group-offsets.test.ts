import { GroupOffsets } from "./group-offsets.ts";

const partition = { topic: "orders", partition: 0 };

/** A group's offsets in a fake of Kafka, which tests change. */
function startOffsets(committed: Record<string, number>) {
  const kafka = new Map(Object.entries(committed));
  let reads = 0;
  const offsets = new GroupOffsets(async () => {
    reads += 1;
    return new Map(kafka);
  });
  offsets.follow([partition]);
  return { kafka, offsets, reads: () => reads };
}

it("returns the partitions whose offset Kafka has dropped or lowered", async () => {
  const { kafka, offsets } = startOffsets({ "orders/0": 7 });
  expect(await offsets.dropped()).toEqual([]);
  kafka.set("orders/0", 3);
  expect(await offsets.dropped()).toEqual([partition]);
  kafka.clear();
  expect(await offsets.dropped()).toEqual([partition]);
  offsets.reset(partition);
  expect(await offsets.dropped()).toEqual([]);
});

it("expects the committed offsets", async () => {
  const { kafka, offsets } = startOffsets({});
  expect(await offsets.isNew(partition)).toBe(true);
  kafka.set("orders/0", 2);
  offsets.advance(partition, 2);
  expect([await offsets.isNew(partition), await offsets.dropped()]).toEqual([false, []]);
  kafka.delete("orders/0");
  expect(await offsets.dropped()).toEqual([partition]);
});

it("does not report a commit that is acknowledged during the check", async () => {
  const { offsets } = startOffsets({ "orders/0": 2 });
  await offsets.isNew(partition);
  const dropped = offsets.dropped();
  offsets.advance(partition, 5);
  expect(await dropped).toEqual([]);
});

it("forgets the partitions of other members", async () => {
  const { kafka, offsets } = startOffsets({ "orders/0": 9 });
  await offsets.isNew(partition);
  offsets.follow([]);
  kafka.set("orders/0", 1); // the other member restarted
  offsets.follow([partition]);
  expect(await offsets.dropped()).toEqual([]);
});

it("shares a request among concurrent callers, and sends another for later ones", async () => {
  const { offsets, reads } = startOffsets({});
  await offsets.isNew(partition);
  const before = reads();
  await Promise.all([offsets.dropped(), offsets.dropped(), offsets.dropped()]);
  expect(reads()).toBe(before + 1);
  await offsets.dropped();
  expect(reads()).toBe(before + 2);
});
