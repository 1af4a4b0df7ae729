import { blockTimes, chainTo, isShort, withBlocks } from "./block-history.ts";
import { type Block, longestHistory } from "./message.ts";
import { pastBlock, sampleBlock } from "./testing/sample-messages.ts";

const block = (number: number, fork?: { fork?: string; parent?: string }): Block => ({
  ...sampleBlock(number, fork),
  difficulty: 2n,
  totalDifficulty: null,
  transactions: 1,
});
const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => block(from + index));
const none = new Map<string, Block>();
const numbers = (blocks: Iterable<Block>) => [...blocks].map(({ number }) => number);

describe("withBlocks", () => {
  it("keeps as many blocks as a history has, up to the head and above", () => {
    const known = withBlocks(none, run(0, 200), block(100));
    expect(numbers(known.values())).toEqual(numbers(run(100 - longestHistory + 1, 100 + longestHistory - 1)));
  });

  it("is bounded, however many forks there are", () => {
    const forks = Array.from({ length: 1_000 }, (_, index) => block(5, { fork: `${index}` }));
    expect(withBlocks(none, forks, block(6)).size).toBe(4 * longestHistory);
  });
});

describe("chainTo", () => {
  it("follows the parents, in whatever order the blocks came", () => {
    const known = withBlocks(none, [block(3), block(1), block(2)], block(4));
    expect(numbers(chainTo(known, block(4)))).toEqual([1, 2, 3, 4]);
  });

  it("leaves forks out", () => {
    const known = withBlocks(none, [...run(1, 3), block(3, { fork: "b", parent: "a" })], block(4));
    expect(chainTo(known, block(4)).map(({ hash }) => hash)).toEqual(run(1, 4).map(({ hash }) => hash));
    const other = block(4, { fork: "b" });
    expect(numbers(chainTo(known, other))).toEqual([1, 2, 3, 4]);
    expect(chainTo(known, other)[2]?.hash).toBe(block(3, { fork: "b" }).hash);
  });

  it("ends at a gap, and at a parent that cannot be one", () => {
    expect(numbers(chainTo(withBlocks(none, [block(1), block(3)], block(4)), block(4)))).toEqual([3, 4]);
    const circle = { ...block(4), parentHash: block(4).hash };
    expect(chainTo(withBlocks(none, [], circle), circle)).toEqual([circle]);
  });
});

it("knows a chain that begins too late", () => {
  expect(isShort(run(1, 4))).toBe(true);
  expect(isShort(run(0, 4))).toBe(false);
  expect(isShort(run(11, 10 + longestHistory))).toBe(false);
});

it("gives the time that each block took, but none from the genesis on", () => {
  expect(blockTimes(run(0, 3)).map(({ seconds }) => seconds)).toEqual([null, null, 2, 2]);
  expect(blockTimes(run(7, 8))).toEqual([
    expect.objectContaining({ number: 7, seconds: null }),
    pastBlock(8),
  ]);
});
