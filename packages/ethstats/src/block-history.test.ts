import { addBlocks, findChain, missingBefore, toPastBlocks } from "./block-history.ts";
import { type Block, longestHistory } from "./payloads.ts";
import { pastBlock, sampleBlock } from "./testing/sample-messages.ts";

const block = (number: number, fork?: { fork?: string; parent?: string }): Block => ({
  ...sampleBlock(number, fork),
  difficulty: 2,
  totalDifficulty: null,
  baseFeePerGas: null,
  transactions: 1,
  uncles: 0,
});
const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => block(from + index));
const none = new Map<string, Block>();
const numbers = (blocks: Iterable<Block>) => [...blocks].map(({ number }) => number);

describe("addBlocks", () => {
  it("keeps the blocks of a history below and above the head", () => {
    const known = addBlocks(none, run(0, 200), block(100));
    expect(numbers(known.values())).toEqual(numbers(run(100 - longestHistory + 1, 100 + longestHistory - 1)));
  });

  it("is bounded, however many forks there are", () => {
    const forks = Array.from({ length: 1_000 }, (_, index) => block(5, { fork: `${index}` }));
    expect(addBlocks(none, forks, block(6)).size).toBe(4 * longestHistory);
  });
});

describe("findChain", () => {
  it("follows the parents, in whatever order the blocks arrived", () => {
    const known = addBlocks(none, [block(3), block(1), block(2)], block(4));
    expect(numbers(findChain(known, block(4)))).toEqual([1, 2, 3, 4]);
  });

  it("omits forks", () => {
    const known = addBlocks(none, [...run(1, 3), block(3, { fork: "b", parent: "a" })], block(4));
    expect(findChain(known, block(4)).map(({ hash }) => hash)).toEqual(run(1, 4).map(({ hash }) => hash));
    const other = block(4, { fork: "b" });
    expect(numbers(findChain(known, other))).toEqual([1, 2, 3, 4]);
    expect(findChain(known, other)[2]?.hash).toBe(block(3, { fork: "b" }).hash);
  });

  it("ends at a gap, at an unknown parent and at a cycle", () => {
    expect(numbers(findChain(addBlocks(none, [block(1), block(3)], block(4)), block(4)))).toEqual([3, 4]);
    expect(findChain(none, { ...block(4), parentHash: null })).toHaveLength(1);
    const circle = { ...block(4), parentHash: block(4).hash };
    expect(findChain(addBlocks(none, [], circle), circle)).toEqual([circle]);
  });
});

it("lists the missing blocks before a chain", () => {
  expect(missingBefore(run(3, 4))).toEqual([0, 1, 2]);
  expect(missingBefore(run(0, 4))).toEqual([]);
  expect(missingBefore(run(11, 10 + longestHistory))).toEqual([]);
  expect(missingBefore(run(60, 61))).toEqual(numbers(run(12, 59)));
  expect(missingBefore([])).toEqual([]);
});

describe("toPastBlocks", () => {
  const past = (chain: Block[]) => toPastBlocks(chain, (hash) => (hash === block(8).hash ? 120 : null));

  it("has the block time of each block except the first and block 1", () => {
    expect(past(run(0, 3)).map(({ seconds }) => seconds)).toEqual([null, null, 2, 2]);
    expect(past([block(2), { ...block(3), timestamp: null }]).map(({ seconds }) => seconds)).toEqual([
      null,
      null,
    ]);
  });

  it("has the fields of the list of blocks", () => {
    expect(past(run(7, 8))).toEqual([
      { ...pastBlock(7), seconds: null },
      { ...pastBlock(8), propagation: 120 },
    ]);
  });
});
