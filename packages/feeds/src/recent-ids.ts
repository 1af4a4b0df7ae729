import { createHash } from "node:crypto";

/** The number of remembered batches: more than a feed repeats after a reconnection. */
export const rememberedBatches = 256;

/** A ring buffer with the ids of the latest batches, as short hashes. Each batch replaces the oldest one. */
export class RecentIds {
  readonly #slots = new Map<number, readonly string[]>();
  readonly #hashes = new Set<string>();

  has(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  /** Replaces the content of a slot. */
  set(slot: number, hashes: readonly string[]): void {
    for (const hash of this.#slots.get(slot) ?? []) this.#hashes.delete(hash);
    this.#slots.set(slot, hashes);
    for (const hash of hashes) this.#hashes.add(hash);
  }
}

/** The slot after this one. */
export function nextSlot(slot: number): number {
  return (slot + 1) % rememberedBatches;
}

/** Eight bytes of the hash of an id. Among 256,000 ids, a collision has a probability of 2 in a billion. */
export function hashId(id: string): string {
  return createHash("sha256").update(id).digest("base64url").slice(0, 11);
}
