import { BlockArrivals, type BlockReport } from "./block-arrivals.ts";
import {
  addBlocks,
  findChain,
  type KnownBlocks,
  missingBefore,
  type PastBlock,
  toPastBlocks,
} from "./block-history.ts";
import type { Block } from "./payloads.ts";

/** The end of the best chain, with the propagation of its blocks. */
export class Chain {
  readonly #arrivals = new BlockArrivals();
  #known: KnownBlocks = new Map();
  #blocks: readonly Block[] = [];

  /** The blocks in their JSON form, sorted by number. */
  toJson(): PastBlock[] {
    return toPastBlocks(this.#blocks, (hash) => this.#arrivals.mean(hash));
  }

  /** Adds blocks; `head` is the best block. Returns true when the chain changes. */
  learn(blocks: readonly Block[], head: Block): boolean {
    // Most reports repeat a block that another node has reported.
    const sameHead = head.hash === this.#blocks.at(-1)?.hash;
    if (sameHead && blocks.every(({ hash }) => this.#known.has(hash))) return false;
    this.#known = addBlocks(this.#known, blocks, head);
    this.#arrivals.keep(this.#known);
    const chain = findChain(this.#known, head);
    const same = sameHead && chain.length === this.#blocks.length;
    this.#blocks = chain;
    return !same;
  }

  /** Returns the delay of a report behind the first node; null for a block that is unknown or far from the head. */
  measure(report: BlockReport): number | null {
    return this.#known.has(report.hash) ? this.#arrivals.report(report) : null;
  }

  /** Returns the numbers of missing blocks that a node with this block can be asked for. */
  missing({ hash }: Block): number[] {
    return hash === this.#blocks.at(-1)?.hash ? missingBefore(this.#blocks) : [];
  }
}
