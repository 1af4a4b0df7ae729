/** The least time between two requests for blocks, to one node and to any, in milliseconds. */
const pause = { sameNode: 5 * 60_000, anyNode: 10_000 };

/** Decides when a node may be asked for blocks. */
export class HistoryRequests {
  readonly #asked = new Map<string, number>();

  /** True when this node may be asked now; it counts as asked then. */
  take(node: string, now: number): boolean {
    for (const [other, at] of this.#asked) {
      if (now - at < (other === node ? pause.sameNode : pause.anyNode)) return false;
    }
    this.#asked.set(node, now);
    return true;
  }

  /** The node is no longer in the list. */
  forget(node: string): void {
    this.#asked.delete(node);
  }
}
