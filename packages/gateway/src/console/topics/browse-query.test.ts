import type { Request } from "express";
import { encodeCursor, readBrowseQuery } from "./browse-query.ts";

const read = (query: object) => readBrowseQuery({ query } as unknown as Request);

it("reads the start position, and the cursor of an earlier answer", () => {
  expect(read({})).toMatchObject({ from: "newest", partition: undefined, limit: 50, cursor: undefined });
  expect(read({ from: "time", time: "2026-11-29T12:00Z" }).time).toBe(Date.UTC(2026, 10, 29, 12));
  expect(read({ from: "time", time: "1969-12-31T23:59:59.999Z" }).time).toBe(0);
  const cursor = new Map([
    [0, 7],
    [12, 9],
  ]);
  expect(read({ cursor: encodeCursor(cursor) }).cursor).toEqual(cursor);
});

it.each([
  [{ x: "1" }, /Unknown query parameter "x"; allowed: from, partition/],
  [{ from: "middle" }, /"from" must be newest or oldest or offset or time/],
  [{ from: "offset", offset: "1" }, /"partition" and "offset"/],
  [{ from: "time" }, /"time" for a time/],
  [{ from: "time", time: "noon" }, /"time" must be an ISO 8601 time/],
  [{ limit: "501" }, /"limit" must be a whole number from 1 to 500/],
  [{ partition: ["1", "2"] }, /"partition" must be given once/],
  [{ cursor: "0:1" }, /"cursor" must be that of an earlier answer/],
])("refuses %j", (query, problem) => {
  expect(() => read(query)).toThrow(problem);
});
