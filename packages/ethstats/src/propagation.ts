import { longestHistory } from "./payloads.ts";

/** The delays of a node's reports: the field `propagation` of a node in JSON. */
export interface Propagation {
  /** The delay of its last block behind the first node that reported the block; null when it is unknown. */
  milliseconds: number | null;
  /** The mean of the last 50 blocks. */
  average: number | null;
  /** How many of the last 50 blocks had a delay of 0 to 99 ms, 100 to 249 ms … 10 s and more. */
  histogram: number[];
}

/** The delays of a node's blocks, oldest first. */
export interface Delays {
  latest: number | null;
  recent: readonly number[];
}

/** The lower bounds of the second to last bucket of the histogram, in milliseconds. */
const bounds = [100, 250, 500, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000];

export const emptyDelays: Delays = { latest: null, recent: [] };

/** Adds the delay of a block; null for a block that cannot be measured. */
export function addDelay({ recent }: Delays, delay: number | null): Delays {
  return { latest: delay, recent: delay === null ? recent : [...recent, delay].slice(-longestHistory) };
}

/** Converts delays to their JSON form. */
export function toPropagation({ latest, recent }: Delays): Propagation {
  const histogram = new Array<number>(bounds.length + 1).fill(0);
  for (const delay of recent) {
    const bucket = bounds.findIndex((bound) => delay < bound);
    histogram[bucket === -1 ? bounds.length : bucket]! += 1;
  }
  return { milliseconds: latest, average: mean(recent), histogram };
}

/** The rounded mean; null without values. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0
    ? null
    : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
