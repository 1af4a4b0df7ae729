import type { AnsweredCall } from "../http/metrics.ts";

const kept = 500;

/** The latest calls of each function: how long they took, and whether they failed. */
export class RecentCalls {
  readonly #calls = new Map<string, AnsweredCall[]>();

  add(call: AnsweredCall): void {
    const calls = this.#calls.get(call.name);
    if (calls === undefined) this.#calls.set(call.name, [call]);
    else if (calls.push(call) > kept) calls.shift();
  }

  /** Of a function's latest 500 calls; null before the first. Times in milliseconds; a 4xx is no failure of ours. */
  of(name: string) {
    const calls = this.#calls.get(name);
    if (calls === undefined) return null;
    const times = calls.map(({ seconds }) => seconds * 1_000).sort((a, b) => a - b);
    return {
      calls: times.length,
      failed: calls.filter(({ status }) => status >= 500).length,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
    };
  }
}

/** The nearest rank: the least value that so large a part of the sorted values does not exceed. */
function quantile(sorted: readonly number[], part: number): number {
  return Math.round(sorted[Math.ceil(part * sorted.length) - 1]! * 100) / 100;
}
