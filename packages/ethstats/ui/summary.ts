import type { BlockView, HeadView, NodeView } from "./view.ts";

/** The consensus mechanism, derived from the difficulty of blocks. */
export type Consensus = "proof of work" | "proof of authority" | "proof of stake";

/** The figures of the whole network; null means unknown. */
export interface Summary {
  online: number;
  total: number;
  /** The highest block of a node that is online. */
  best: HeadView | null;
  /** The time of its first report. */
  received: string | null;
  consensus: Consensus | null;
  networkIds: number[];
  /** The median of the online nodes, in wei. */
  gasPrice: number | null;
  /** The histogram over all online nodes. */
  propagation: number[];
}

/** Proof of work has a difficulty of at least 131072, Clique 1 or 2, proof of stake 0. */
const maxCliqueDifficulty = 2;

/** Computes the figures from the nodes and the last blocks, which stay when all nodes are offline. */
export function summarize(nodes: Iterable<NodeView>, blocks: readonly BlockView[]): Summary {
  const all = [...nodes];
  const online = all.filter((node) => node.online);
  const heads = online.map(({ block }) => block).filter((block) => block !== null);
  const highest = Math.max(...heads.map(({ number }) => number));
  const [best = null] = heads
    .filter(({ number }) => number === highest)
    .sort((a, b) => (a.received < b.received ? -1 : 1));
  return {
    online: online.length,
    total: all.length,
    best,
    received: best?.received ?? null,
    consensus: toConsensus((best ?? blocks.at(-1))?.difficulty ?? null),
    networkIds: [...new Set(online.map(({ networkId }) => networkId).filter((id) => id !== null))],
    gasPrice: median(known(online, ({ gasPrice }) => gasPrice)),
    propagation: addHistograms(online.map(({ propagation }) => propagation.histogram)),
  };
}

/** Counts the blocks of each miner, in descending order. */
export function countMiners(blocks: readonly BlockView[]): { miner: string; blocks: number }[] {
  const counts = new Map<string, number>();
  for (const { miner } of blocks) if (miner !== null) counts.set(miner, (counts.get(miner) ?? 0) + 1);
  return [...counts]
    .map(([miner, count]) => ({ miner, blocks: count }))
    .sort((a, b) => b.blocks - a.blocks || (a.miner < b.miner ? -1 : 1));
}

/** Returns the known values. */
export function known<T>(items: readonly T[], read: (item: T) => number | null): number[] {
  return items.map(read).filter((value) => value !== null);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? null;
  return mean(sorted.slice(Math.max(0, middle - 1), middle + 1));
}

function toConsensus(difficulty: number | null): Consensus | null {
  if (difficulty === null) return null;
  if (difficulty === 0) return "proof of stake";
  return difficulty <= maxCliqueDifficulty ? "proof of authority" : "proof of work";
}

function addHistograms(histograms: readonly (readonly number[])[]): number[] {
  const total: number[] = [];
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram.entries()) total[bucket] = (total[bucket] ?? 0) + count;
  }
  return total;
}
