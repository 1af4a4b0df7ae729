import type { BlockView, NetworkView, NodeView } from "./view.ts";

/** The state of the network from events, and the nodes that changed since the last frame. */
export class NetworkState {
  readonly nodes = new Map<string, NodeView>();
  blocks: readonly BlockView[] = [];
  /** The names of nodes to redraw. */
  readonly changed = new Set<string>();
  blocksChanged = false;
  /** How far the server's clock is ahead of the browser's, in milliseconds. */
  #clockAhead = 0;

  /** The server's clock, in milliseconds since 1970. */
  get now(): number {
    return Date.now() + this.#clockAhead;
  }

  replace({ time, nodes, blocks }: NetworkView): void {
    this.#clockAhead = Date.parse(time) - Date.now();
    for (const name of this.nodes.keys()) this.forget(name);
    this.update(nodes);
    this.setBlocks(blocks);
  }

  update(nodes: readonly NodeView[]): void {
    for (const node of nodes) {
      this.nodes.set(node.name, node);
      this.changed.add(node.name);
    }
  }

  forget(name: string): void {
    this.nodes.delete(name);
    this.changed.add(name);
  }

  setBlocks(blocks: readonly BlockView[]): void {
    this.blocks = blocks;
    this.blocksChanged = true;
  }

  /** Marks everything as shown. */
  clearChanges(): void {
    this.changed.clear();
    this.blocksChanged = false;
  }
}
