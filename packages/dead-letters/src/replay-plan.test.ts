import type { Letter } from "./letter.ts";
import { planReplay, type ReplayRules } from "./replay-plan.ts";

const createLetter = (offset: number, fields: Partial<Letter> = {}): Letter => ({
  topic: "t.dead-letter",
  partition: 0,
  offset,
  timestamp: offset,
  source: { topic: "t", partition: 1, offset: 100 - offset, timestamp: 1 },
  functionName: "f",
  status: "422",
  code: "bad",
  reason: "Bad.",
  item: undefined,
  replays: 0,
  valueBytes: undefined,
  headersOmitted: undefined,
  ...fields,
});
const source = (offset: number, partition = 1, topic = "t") => ({ topic, partition, offset, timestamp: 1 });
const rules: ReplayRules = {
  maxReplays: 3,
  allowIncomplete: false,
  to: undefined,
  partitions: new Map([["t", 2]]),
};
const plan = (letters: Letter[], changedRules: Partial<ReplayRules> = {}) => {
  const { planned, staying } = planReplay(letters, { ...rules, ...changedRules });
  return {
    planned: planned.map(({ letter, to, partition, duplicates }) => [
      letter.offset,
      to,
      partition,
      duplicates.map(({ offset }) => offset),
    ]),
    staying: staying.map(({ letter, reason }) => [letter.offset, reason]),
  };
};

it("replays in the order of messages and items, whatever the partitions of the letters", () => {
  const letters = [
    createLetter(1, { source: source(9), partition: 1 }),
    createLetter(2, { source: source(8), item: 1 }),
    createLetter(3, { source: source(8), item: 0 }),
    createLetter(4, { source: source(10, 0) }),
  ];
  expect(plan(letters).planned).toEqual([
    [4, "t", 0, []],
    [3, "t", 1, []],
    [2, "t", 1, []],
    [1, "t", 1, []],
  ]);
});

it("replays a message once if several letters have it", () => {
  const letters = [
    createLetter(1, { source: source(8) }),
    createLetter(2, { source: source(8), functionName: "g" }),
    createLetter(3, { source: source(8), item: 0 }),
  ];
  expect(plan(letters).planned).toEqual([
    [1, "t", 1, [2]],
    [3, "t", 1, []],
  ]);
});

it("lets the key select the partition if the topic has fewer partitions now", () => {
  expect(plan([createLetter(1, { source: source(8, 2) })]).planned).toEqual([[1, "t", undefined, []]]);
});

it("returns a reason for each letter that is not replayed", () => {
  const letters = [
    createLetter(1, { replays: 3, valueBytes: 9 }),
    createLetter(2, { valueBytes: 9 }),
    createLetter(3, { headersOmitted: 1 }),
    createLetter(4, { source: undefined }),
    createLetter(5, { source: source(1, 0, "gone") }),
  ];
  const { planned, staying } = plan(letters);
  expect(planned).toEqual([]);
  expect(staying.sort()).toEqual([
    [1, "exhausted"],
    [2, "cut_off"],
    [3, "incomplete"],
    [4, "no_topic"],
    [5, "topic_missing"],
  ]);
});

it("replays incomplete letters and letters without a source topic by options, the latter last", () => {
  const letters = [
    createLetter(1, { source: undefined }),
    createLetter(2, { headersOmitted: 1 }),
    createLetter(3, { replays: 3 }),
  ];
  expect(plan(letters, { to: "t", allowIncomplete: true, maxReplays: 4 })).toEqual({
    planned: [
      [3, "t", 1, []],
      [2, "t", 1, []],
      [1, "t", undefined, []],
    ],
    staying: [],
  });
});

it("replays a whole message and its first item separately", () => {
  const letters = [0, 1, 2, 3].map((offset) =>
    createLetter(offset, { source: source(5), item: offset % 2 === 0 ? undefined : 0 }),
  );
  expect(plan(letters).planned).toEqual([
    [0, "t", 1, [2]],
    [1, "t", 1, [3]],
  ]);
});

it("distinguishes messages of a topic that was created again from earlier ones at the same offsets", () => {
  const letters = [3, 4, 3].map((timestamp, offset) =>
    createLetter(offset, { source: { ...source(5), timestamp } }),
  );
  expect(plan(letters).planned).toEqual([
    [0, "t", 1, [2]],
    [1, "t", 1, []],
  ]);
});
