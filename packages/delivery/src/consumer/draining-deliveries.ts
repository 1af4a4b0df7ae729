/**
 * Batches that are still in flight for revoked partitions. They outlive their group member, which keeps the order within a partition
 * when it is assigned again.
 */
export class DrainingDeliveries {
  readonly #deliveries = new Map<string, Promise<unknown>>();

  /** Adds a delivery of a partition; `ended` resolves at its end. */
  add(key: string, ended: Promise<void>): void {
    const all = Promise.all([this.#deliveries.get(key), ended]).finally(() => {
      if (this.#deliveries.get(key) === all) this.#deliveries.delete(key);
    });
    this.#deliveries.set(key, all);
  }

  /** Resolves when no delivery of the partition is in flight. */
  async drained(key: string): Promise<void> {
    await this.#deliveries.get(key);
  }

  /** Resolves when no delivery is in flight. */
  async allDrained(): Promise<void> {
    await Promise.all(this.#deliveries.values());
  }
}
