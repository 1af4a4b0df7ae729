/** The number of calls that a node accepts in a request, as far as it is known. */
export interface BatchLimit {
  /** The largest batch that the node is known or assumed to accept. */
  size(): number;
  /** Whether the node has accepted a batch of this size. */
  isProven(size: number): boolean;
  /** Records that the node accepted a batch of this size. */
  recordAccepted(size: number): void;
  /** Records that the node refused a larger batch. */
  lower(size: number): void;
}

/** A node may be replaced or reconfigured, so a learned limit expires after this many milliseconds. */
const validForMs = 600_000;

/** Starts with the largest size that the settings allow. */
export function createBatchLimit(largest: number, now = () => performance.now()): BatchLimit {
  let learned = { size: largest, until: Number.POSITIVE_INFINITY };
  let proven = 1;
  const size = () => {
    if (now() >= learned.until) {
      learned = { size: largest, until: Number.POSITIVE_INFINITY };
      proven = 1;
    }
    return learned.size;
  };
  return {
    size,
    isProven: (count) => count <= proven,
    recordAccepted(count) {
      proven = Math.max(proven, count);
    },
    lower(count) {
      if (count >= size()) return;
      learned = { size: Math.max(1, count), until: now() + validForMs };
      proven = 1;
    },
  };
}
