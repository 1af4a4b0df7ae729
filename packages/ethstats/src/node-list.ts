import type { NodeRecord } from "./node-state.ts";
import type { Block } from "./payloads.ts";

/** The nodes by name, and the highest block of those that are online. */
export class NodeList {
  readonly #nodes = new Map<string, NodeRecord>();
  /** A cache; undefined when it must be computed. */
  #highest: Block | undefined;

  get size(): number {
    return this.#nodes.size;
  }

  /** The highest block of the nodes that are online. */
  get highest(): Block | undefined {
    this.#highest ??= this.#findHighest();
    return this.#highest;
  }

  get(name: string): NodeRecord | undefined {
    return this.#nodes.get(name);
  }

  /** Whether a node with this name exists and is online. */
  isOnline(name: string): boolean {
    return this.#nodes.get(name)?.facts.online === true;
  }

  values(): NodeRecord[] {
    return [...this.#nodes.values()];
  }

  /** Adds a node, or replaces the node with its name. */
  set(node: NodeRecord): void {
    const { name, block, online } = node.facts;
    const before = this.#nodes.get(name)?.facts;
    this.#nodes.set(name, node);
    if (before?.block === block && before?.online === online) return;
    const hadHighest = before?.block?.hash === this.#highest?.hash;
    if (hadHighest || (block?.number ?? -1) > (this.#highest?.number ?? -1)) this.#highest = undefined;
  }

  /** Removes a node that is offline. */
  remove(name: string): void {
    this.#nodes.delete(name);
  }

  /** The offline nodes, longest offline first. */
  offline(): NodeRecord[] {
    return this.values()
      .filter(({ facts }) => !facts.online)
      .sort((a, b) => a.facts.since.getTime() - b.facts.since.getTime());
  }

  #findHighest(): Block | undefined {
    let highest: Block | undefined;
    for (const { facts } of this.#nodes.values()) {
      const { online, block } = facts;
      if (online && block !== null && block.number > (highest?.number ?? -1)) highest = block;
    }
    return highest;
  }
}
