import { mean } from "./propagation.ts";

interface Arrival {
  /** When the first node reported the block, in milliseconds. */
  first: number;
  /** How much later each node did. */
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

/** When the nodes reported each block, so that their delays can be told. */
export class BlockArrivals {
  readonly #arrivals = new Map<string, Arrival>();

  /**
   * How much later than the first node this one reports a block, in milliseconds. Null for a block that was reported
   * before the node came: the node tells its head then, and that says nothing of the network.
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

  /** Keeps these blocks alone. */
  keep(hashes: { has(hash: string): boolean }): void {
    for (const hash of this.#arrivals.keys()) if (!hashes.has(hash)) this.#arrivals.delete(hash);
  }
}
