import { fetchRecords } from "./fetch-records.ts";
import type { Cluster, FetchedMessage } from "./open-cluster.ts";
import { UndecodableBatch } from "./undecodable-batch.ts";

/** A cluster whose broker answers every fetch with these messages. */
function createFakeCluster(messages: readonly (FetchedMessage | UndecodableBatch)[]): Cluster {
  const fetch = async () => ({ responses: [{ partitions: [{ messages }] }] });
  return {
    findLeaderForPartitions: () => ({ 1: [0] }),
    findBroker: async () => ({ fetch }),
  } as unknown as Cluster;
}

const message = (offset: number, isControlRecord = false): FetchedMessage => ({
  offset: String(offset),
  timestamp: "0",
  key: null,
  value: null,
  headers: {},
  isControlRecord,
});
const limits = { maxWaitMs: 0, maxBytes: 1 };
const fetchRecordsFrom = (offset: number, messages: readonly (FetchedMessage | UndecodableBatch)[]) =>
  fetchRecords(createFakeCluster(messages), { topic: "t", partition: 0, offset }, limits);

it("skips records before the offset and control records", async () => {
  const fetched = await fetchRecordsFrom(5, [message(4), message(5), message(6, true)]);
  expect(fetched.messages.map(({ offset }) => offset)).toEqual(["5"]);
  expect(fetched.next).toBe(7);
});

it("stays at the offset when no record follows", async () => {
  expect(await fetchRecordsFrom(5, [])).toEqual({ messages: [], unreadable: undefined, next: 5 });
});

it.each([
  [new UndecodableBatch(6, "damaged", 9), { offset: 6, next: 10 }],
  [new UndecodableBatch(undefined, "damaged"), { offset: 6, next: 7 }],
  // A damaged header must not move the reader backwards.
  [new UndecodableBatch(6, "damaged", -3), { offset: 6, next: 7 }],
])("continues after an unreadable batch", async (batch, { offset, next }) => {
  const fetched = await fetchRecordsFrom(5, [message(5), batch]);
  expect(fetched).toMatchObject({ unreadable: { offset, reason: "damaged" }, next });
  expect(fetched.messages).toHaveLength(1);
});
