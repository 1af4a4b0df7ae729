import { mean } from "./propagation.ts";

interface Arrival {
  /** When the first node reported the block, in milliseconds. */
  first: number;
  /** The delay of each node behind the first. */
  delays: Map<string, number>;
}

/** A node's report of a block. Times are in milliseconds. */
export interface BlockReport {
  hash: string;
  node: string;
  /** Since when the node is online. */
  since: number;
  now: number;
}

/** Records when the nodes reported each block, to compute their delays. */
export class BlockArrivals {
  readonly #arrivals = new Map<string, Arrival>();

  /**
   * Returns the delay of this report behind the first node, in milliseconds. Null for a block that was reported before the
   * node connected, because its first report is its current head and says nothing about propagation.
   */
  report({ hash, node, since, now }: BlockReport): number | null {
    const arrival = this.#arrivals.get(hash) ?? { first: now, delays: new Map() };
    this.#arrivals.set(hash, arrival);
    const known = arrival.delays.get(node);
    if (known !== undefined) return known;
    if (arrival.first < since) return null;
    const delay = now - arrival.first;
    arrival.delays.set(node, delay);
    return delay;
  }

  /** The mean delay of the nodes that reported a block; null when fewer than two did. */
  mean(hash: string): number | null {
    const delays = this.#arrivals.get(hash)?.delays;
    return delays === undefined || delays.size < 2 ? null : mean([...delays.values()]);
  }

  /** Removes all other blocks. */
  keep(hashes: { has(hash: string): boolean }): void {
    for (const hash of this.#arrivals.keys()) if (!hashes.has(hash)) this.#arrivals.delete(hash);
  }
}
