import { type Block, longestHistory } from "./message.ts";

/** How many blocks are kept, with those of forks. */
const mostKept = 4 * longestHistory;

/** Blocks by their hash. */
export type KnownBlocks = ReadonlyMap<string, Block>;

/** A block of the chain. As JSON this is an item of `blocks`. */
export interface PastBlock {
  number: number;
  hash: string;
  miner: string | null;
  timestamp: number;
  transactions: number | null;
  /** Seconds since the block before it; null for the first of the list, and for block 1: the genesis has no real time. */
  seconds: number | null;
}

/**
 * What is known with these blocks too, without what is far from the head of the chain. Not all above it goes: after a
 * pause in its reports Geth may tell an old block once more, and for a moment the head is lower than before.
 */
export function withBlocks(known: KnownBlocks, blocks: readonly Block[], head: Block): KnownBlocks {
  const all = new Map(known);
  for (const block of [...blocks, head]) all.set(block.hash, block);
  const near = [...all].filter(
    ([, { number }]) => number > head.number - longestHistory && number < head.number + longestHistory,
  );
  return new Map(near.slice(-mostKept));
}

/** The chain that ends with this block, as far back as it is known, by number. */
export function chainTo(known: KnownBlocks, head: Block): Block[] {
  const chain = [head];
  let block = head;
  for (;;) {
    const parent = known.get(block.parentHash);
    if (parent === undefined || parent.number !== block.number - 1) return chain.reverse();
    chain.push(parent);
    block = parent;
  }
}

/** Does this chain begin later than it should, so that asking a node is worth while? */
export function isShort(chain: readonly Block[]): boolean {
  return chain.length < longestHistory && chain[0]?.number !== 0;
}

/** The chain with the time that each block took. */
export function blockTimes(chain: readonly Block[]): PastBlock[] {
  return chain.map(({ number, hash, miner, timestamp, transactions }, index) => {
    const previous = chain[index - 1];
    const seconds = previous === undefined || number === 1 ? null : timestamp - previous.timestamp;
    return { number, hash, miner, timestamp, transactions, seconds };
  });
}
