import { type Block, longestHistory } from "./payloads.ts";

/** The maximum number of stored blocks, including forks. */
const maxBlocks = 4 * longestHistory;

/** Blocks by their hash. */
export type KnownBlocks = ReadonlyMap<string, Block>;

/** A block of the chain. As JSON this is an item of `blocks`. */
export interface PastBlock extends Omit<Block, "parentHash" | "totalDifficulty"> {
  /** Seconds since the previous block; null for the first of the list, and for block 1, because the genesis time is fictitious. */
  seconds: number | null;
  /** The mean delay behind the first node, in milliseconds; null while only one node has reported the block. */
  propagation: number | null;
}

/**
 * Adds blocks to the known ones, and removes blocks far from the head. Some blocks above the head stay: after a pause, Geth
 * may report an old block again, so the head is lower for a moment.
 */
export function addBlocks(known: KnownBlocks, blocks: readonly Block[], head: Block): KnownBlocks {
  const all = new Map(known);
  for (const block of [...blocks, head]) all.set(block.hash, block);
  const near = [...all].filter(
    ([, { number }]) => number > head.number - longestHistory && number < head.number + longestHistory,
  );
  return new Map(near.slice(-maxBlocks));
}

/** Returns the known chain that ends with this block, sorted by number. */
export function findChain(known: KnownBlocks, head: Block): Block[] {
  const chain = [head];
  let block = head;
  for (;;) {
    const parent = block.parentHash === null ? undefined : known.get(block.parentHash);
    if (parent === undefined || parent.number !== block.number - 1) return chain.reverse();
    chain.push(parent);
    block = parent;
  }
}

/** Returns the numbers of missing blocks before this chain that a node may be asked for, sorted. */
export function missingBefore(chain: readonly Block[]): number[] {
  const [first] = chain;
  const head = chain.at(-1);
  if (first === undefined || head === undefined) return [];
  const begin = Math.max(0, head.number - longestHistory + 1);
  return Array.from({ length: Math.max(0, first.number - begin) }, (_, index) => begin + index);
}

/** Converts a chain to its JSON form; `propagation` returns the mean delay of a block. */
export function toPastBlocks(
  chain: readonly Block[],
  propagation: (hash: string) => number | null,
): PastBlock[] {
  return chain.map((block, index) => {
    const { number, hash, miner, timestamp, transactions, uncles } = block;
    const { gasUsed, gasLimit, difficulty, baseFeePerGas } = block;
    return {
      ...{ number, hash, miner, timestamp, transactions, uncles },
      ...{ gasUsed, gasLimit, difficulty, baseFeePerGas },
      seconds: secondsBetween(chain[index - 1], block),
      propagation: propagation(hash),
    };
  });
}

function secondsBetween(previous: Block | undefined, block: Block): number | null {
  if (previous === undefined || block.number === 1) return null;
  return previous.timestamp === null || block.timestamp === null
    ? null
    : block.timestamp - previous.timestamp;
}
