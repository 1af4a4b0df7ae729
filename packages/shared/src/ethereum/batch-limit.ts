/** How many calls a node takes in a request, as far as that is known. */
export interface BatchLimit {
  /** The most that it is known or believed to take. */
  size(): number;
  /** Has it taken so many? */
  isProven(size: number): boolean;
  /** It took so many. */
  prove(size: number): void;
  /** It refused more than that. */
  lower(size: number): void;
}

/** A node may be replaced or set up anew, so what was learned is tried again. In milliseconds. */
const validFor = 600_000;

/** Begins with what the settings allow. */
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
    prove(count) {
      proven = Math.max(proven, count);
    },
    lower(count) {
      if (count >= size()) return;
      learned = { size: Math.max(1, count), until: now() + validFor };
      proven = 1;
    },
  };
}
