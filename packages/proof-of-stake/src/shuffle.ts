import { createHash } from "node:crypto";

/** SHUFFLE_ROUND_COUNT of the minimal preset. */
const rounds = 10;

const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** compute_shuffled_index of specs/phase0/beacon-chain.md: the position of an index in the permutation of the seed. */
export function shuffledIndex(index: number, count: number, seed: Uint8Array): number {
  let permuted = index;
  for (let round = 0; round < rounds; round++) {
    const pivot = Number(sha256(seed, Uint8Array.of(round)).readBigUInt64LE() % BigInt(count));
    const flip = (pivot + count - permuted) % count;
    const position = Math.max(permuted, flip);
    const block = Buffer.alloc(4);
    block.writeUInt32LE(Math.floor(position / 256));
    const source = sha256(seed, Uint8Array.of(round), block);
    const bit = (source[Math.floor((position % 256) / 8)]! >> (position % 8)) & 1;
    if (bit === 1) permuted = flip;
  }
  return permuted;
}

/** get_seed for the sync committee (DOMAIN_SYNC_COMMITTEE, 7) of epoch 1, with equal RANDAO mixes. */
export function syncCommitteeSeed(mix: Uint8Array): Buffer {
  return sha256(Uint8Array.of(7, 0, 0, 0), Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0), mix);
}
