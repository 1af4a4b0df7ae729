import {
  blockTimes,
  chainTo,
  isShort,
  type KnownBlocks,
  type PastBlock,
  withBlocks,
} from "./block-history.ts";
import type { Block, Hello, Message } from "./message.ts";
import { joined, left, type NodeState, reported } from "./node-state.ts";

/** How much a network keeps, and the clock. */
export interface NetworkOptions {
  maxNodes: number;
  /** Milliseconds. */
  forgetAfter: number;
  now(): Date;
}

/** All that is known, as `GET /api/nodes` answers it. */
export interface NetworkView {
  /** The server's clock. */
  time: Date;
  /** By name. */
  nodes: readonly NodeState[];
  /** The end of the chain, by number. */
  blocks: readonly PastBlock[];
}

/** Hears what has changed: a node, which may be forgotten by now, or the blocks. */
export interface NetworkListener {
  nodeChanged(name: string): void;
  blocksChanged(): void;
}

/** The least time between two requests for the latest blocks, to one node and to any, in milliseconds. */
const pause = { sameNode: 5 * 60_000, anyNode: 10_000 };

/** The nodes that report, and the end of their chain. It knows no sockets: others tell it what comes. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #nodes = new Map<string, NodeState>();
  /** When a node was asked for its latest blocks. */
  readonly #asked = new Map<string, number>();
  #known: KnownBlocks = new Map();
  #chain: readonly Block[] = [];
  #listener: NetworkListener | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Tells this listener of every change from now on. There is one. */
  listen(listener: NetworkListener): void {
    this.#listener = listener;
  }

  /** The node, or undefined when there is none by this name. */
  node(name: string): NodeState | undefined {
    return this.#nodes.get(name);
  }

  /** The end of the chain, by number. It stays when the last node goes away. */
  blocks(): PastBlock[] {
    return blockTimes(this.#chain);
  }

  /** All of it. */
  view(): NetworkView {
    const nodes = [...this.#nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { time: this.#options.now(), nodes, blocks: this.blocks() };
  }

  /** A node comes, or comes again. False when there is no room: all that the list can hold are online. */
  join(hello: Hello): boolean {
    const previous = this.#nodes.get(hello.id);
    if (previous === undefined && !this.#makeRoom()) return false;
    this.#put(joined(previous, hello, this.#options.now()));
    return true;
  }

  /**
   * Takes a message of a node that has joined. True when the node should be asked for its latest blocks: it has the
   * best one, and the chain to it is not known here.
   */
  report(name: string, message: Message): boolean {
    const node = this.#nodes.get(name);
    if (node === undefined) return false;
    const next = reported(node, message, this.#options.now());
    if (next !== node) this.#put(next);
    if (message.type === "history") this.#learn(message.payload.history);
    if (message.type !== "block") return false;
    this.#learn([message.payload.block]);
    return this.#shouldAsk(name, message.payload.block);
  }

  /** A node goes away. */
  leave(name: string): void {
    const node = this.#nodes.get(name);
    if (node !== undefined) this.#put(left(node, this.#options.now()));
  }

  /** Forgets the nodes that have been away for too long. */
  forget(): void {
    const limit = this.#options.now().getTime() - this.#options.forgetAfter;
    for (const { name, online, since } of this.#nodes.values()) {
      if (!online && since.getTime() <= limit) this.#remove(name);
    }
  }

  /** When the list is full, the node that has been away for the longest time makes room. */
  #makeRoom(): boolean {
    if (this.#nodes.size < this.#options.maxNodes) return true;
    const [longest] = [...this.#nodes.values()]
      .filter(({ online }) => !online)
      .sort((a, b) => a.since.getTime() - b.since.getTime());
    if (longest === undefined) return false;
    this.#remove(longest.name);
    return true;
  }

  #learn(blocks: readonly Block[]): void {
    const head = bestBlock(this.#nodes.values());
    if (head === undefined) return;
    this.#known = withBlocks(this.#known, blocks, head);
    const chain = chainTo(this.#known, head);
    const same = chain.length === this.#chain.length && chain.at(-1)?.hash === this.#chain.at(-1)?.hash;
    this.#chain = chain;
    if (!same) this.#listener?.blocksChanged();
  }

  #shouldAsk(name: string, { hash }: Block): boolean {
    if (hash !== this.#chain.at(-1)?.hash || !isShort(this.#chain)) return false;
    const now = this.#options.now().getTime();
    for (const [other, at] of this.#asked) {
      if (now - at < (other === name ? pause.sameNode : pause.anyNode)) return false;
    }
    this.#asked.set(name, now);
    return true;
  }

  #put(node: NodeState): void {
    this.#nodes.set(node.name, node);
    this.#listener?.nodeChanged(node.name);
  }

  #remove(name: string): void {
    this.#nodes.delete(name);
    this.#asked.delete(name);
    this.#listener?.nodeChanged(name);
  }
}

/** The highest block of the nodes that are online. */
export function bestBlock(nodes: Iterable<NodeState>): Block | undefined {
  let best: Block | undefined;
  for (const { online, block } of nodes) {
    if (online && block !== null && block.number > (best?.number ?? -1)) best = block;
  }
  return best;
}
