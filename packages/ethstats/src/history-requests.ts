/** Minimum time between two requests for blocks, to the same node and to any node, in milliseconds. */
const minIntervalMs = { sameNode: 5 * 60_000, anyNode: 10_000 };

/** Decides when a node may be asked for blocks. */
export class HistoryRequests {
  readonly requestedAt = new Map<string, number>();

  /** Returns true when this node may be asked now, and records the request. */
  take(node: string, now: number): boolean {
    for (const [other, at] of this.requestedAt) {
      if (now - at < (other === node ? minIntervalMs.sameNode : minIntervalMs.anyNode)) return false;
    }
    this.requestedAt.set(node, now);
    return true;
  }

  /** Forgets a node that is no longer in the list. */
  forget(node: string): void {
    this.requestedAt.delete(node);
  }
}
