import type { PastBlock } from "./block-history.ts";
import { Chain } from "./chain.ts";
import { HistoryRequests } from "./history-requests.ts";
import type { Message } from "./message.ts";
import { NodeList } from "./node-list.ts";
import { NodeNames } from "./node-names.ts";
import { joined, type NodeRecord, type NodeState, reported, setOffline, toNodeState } from "./node-state.ts";
import type { Block, Hello } from "./payloads.ts";
import { addDelay } from "./propagation.ts";

/** The limits of a network, and its clock. */
export interface NetworkOptions {
  maxNodes: number;
  /** Time for which an offline node stays in the list, in milliseconds. */
  forgetAfter: number;
  now(): Date;
}

/** The complete state: the answer of `GET /api/nodes`. */
export interface NetworkView {
  /** The server's clock. */
  time: Date;
  /** Sorted by name. */
  nodes: readonly NodeState[];
  /** The end of the chain, sorted by number. */
  blocks: readonly PastBlock[];
}

/** Statistics of the network. */
export interface NetworkSummary {
  online: number;
  offline: number;
  best: number | undefined;
  bestReportedAt: Date | undefined;
  producers: number;
}

/** Receives changes of a node, which may be forgotten by now, or of the blocks. */
export interface NetworkListener {
  nodeChanged(name: string): void;
  blocksChanged(): void;
}

/** The reporting nodes and the end of their chain, independent of sockets. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #nodes = new NodeList();
  readonly #names = new NodeNames();
  readonly #chain = new Chain();
  readonly #requests = new HistoryRequests();
  #listener: NetworkListener | undefined;
  /** The highest block, and the time of its first report. */
  #best: { number: number; reportedAt: Date } | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Sets the only listener for changes. */
  listen(listener: NetworkListener): void {
    this.#listener = listener;
  }

  /** The node, or undefined when no node has this name. */
  node(name: string): NodeState | undefined {
    const node = this.#nodes.get(name);
    return node && toNodeState(node, this.#options.now());
  }

  /** The end of the chain, sorted by number. It stays when the last node leaves. */
  blocks(): PastBlock[] {
    return this.#chain.toJson();
  }

  /**
   * Returns the number of nodes, the highest block of online nodes, the time of its first report, and the number of
   * producers of the stored blocks.
   */
  summary(): NetworkSummary {
    const offline = this.#nodes.offline().length;
    return {
      online: this.#nodes.size - offline,
      offline,
      best: this.#nodes.highest?.number,
      bestReportedAt: this.#best?.reportedAt,
      // Block 0 has no producer, although it contains an account.
      producers: new Set(this.blocks().flatMap(({ number, miner }) => (number === 0 ? [] : (miner ?? []))))
        .size,
    };
  }

  /** The complete state. */
  view(): NetworkView {
    const time = this.#options.now();
    const nodes = this.#nodes.values().map((node) => toNodeState(node, time));
    nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
    return { time, nodes, blocks: this.blocks() };
  }

  /** Adds a node and returns its name in the list; undefined when the list is full of online nodes. */
  join(hello: Hello): string | undefined {
    const name = this.#names.assign(hello, (other) => this.#nodes.isOnline(other));
    const previous = this.#nodes.get(name);
    if (previous === undefined && !this.#makeRoom()) {
      this.#names.forget(name);
      return undefined;
    }
    this.store(joined(previous, name, hello, this.#options.now()));
    return name;
  }

  /**
   * Processes a message of a joined node. Returns the numbers of blocks to request from the node: it has the best block, and
   * the chain to that block is incomplete.
   */
  report(name: string, message: Message): number[] {
    const node = this.#nodes.get(name);
    if (node === undefined) return [];
    const now = this.#options.now();
    const facts = reported(node.facts, message, now);
    const changed = facts === node.facts ? node : { ...node, facts };
    if (changed !== node) this.store(changed);
    if (message.type === "history") this.#learn(message.payload.history);
    if (message.type !== "block") return [];
    const { block } = message.payload;
    this.#learn([block]);
    this.#noteBest(now);
    if (changed !== node) this.#measure(changed, block, now.getTime());
    const missing = this.#chain.missing(block);
    return missing.length > 0 && this.#requests.take(name, now.getTime()) ? missing : [];
  }

  /** Marks a node as offline. */
  leave(name: string): void {
    const node = this.#nodes.get(name);
    if (node !== undefined) this.store(setOffline(node, this.#options.now()));
  }

  /** Removes nodes that have been offline for longer than forgetAfter. */
  forget(): void {
    const limit = this.#options.now().getTime() - this.#options.forgetAfter;
    for (const { facts } of this.#nodes.offline()) {
      if (facts.since.getTime() <= limit) this.#remove(facts.name);
    }
  }

  /** When the list is full, removes the node that has been offline for the longest time. */
  #makeRoom(): boolean {
    if (this.#nodes.size < this.#options.maxNodes) return true;
    const [longest] = this.#nodes.offline();
    if (longest === undefined) return false;
    this.#remove(longest.facts.name);
    return true;
  }

  #learn(blocks: readonly Block[]): void {
    const head = this.#nodes.highest;
    if (head !== undefined && this.#chain.learn(blocks, head)) this.#listener?.blocksChanged();
  }

  #noteBest(now: Date): void {
    const number = this.#nodes.highest?.number;
    if (number !== undefined && number !== this.#best?.number) this.#best = { number, reportedAt: now };
  }

  #measure(node: NodeRecord, { hash }: Block, now: number): void {
    const { name, since } = node.facts;
    const delay = this.#chain.measure({ hash, node: name, since: since.getTime(), now });
    this.store({ ...node, delays: addDelay(node.delays, delay) });
    // The report changes the mean delay of the block.
    if (delay !== null) this.#listener?.blocksChanged();
  }

  store(node: NodeRecord): void {
    this.#nodes.set(node);
    this.#listener?.nodeChanged(node.facts.name);
  }

  #remove(name: string): void {
    this.#nodes.remove(name);
    this.#names.forget(name);
    this.#requests.forget(name);
    this.#listener?.nodeChanged(name);
  }
}
