import type { SentimentRecord } from "../enrich.ts";
import { newestRecords } from "./newest-records.ts";

const stored = (id: string, version: number | null, isNewest = true) => ({
  record: { id, index: "sentiment-2018-10", version } as SentimentRecord,
  isNewest,
});
const newest = (...all: ReturnType<typeof stored>[]) =>
  newestRecords(all).map(({ id, version }) => [id, version]);

it("omits records that the index has in a newer version", () => {
  expect(newest(stored("a", 3, false), stored("b", 3))).toEqual([["b", 3]]);
});

it("keeps the newest version in a call and its repetitions, whatever the order", () => {
  expect(newest(stored("a", 1), stored("a", 2))).toEqual([["a", 2]]);
  expect(newest(stored("a", 2), stored("a", 1))).toEqual([["a", 2]]);
  expect(newest(stored("a", 2), stored("a", 2))).toHaveLength(2);
  expect(newest(stored("a", 0))).toEqual([["a", 0]]);
});

it("keeps all records without a version", () => {
  expect(newest(stored("a", null), stored("a", null), stored("a", 1))).toHaveLength(3);
});
