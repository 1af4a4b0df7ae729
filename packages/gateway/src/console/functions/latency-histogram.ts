const growth = Math.log(1.1);
/** The bound of the first bucket, in milliseconds. */
const shortest = 0.01;

/** Counts latencies in buckets that grow by 10 %. Quantiles are within 5 %, and the memory does not grow with the number of calls. */
export class LatencyHistogram {
  readonly #buckets = new Map<number, number>();
  #count = 0;

  add(milliseconds: number): void {
    const bucket = Math.max(0, Math.round(Math.log(Math.max(milliseconds, shortest) / shortest) / growth));
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#count += 1;
  }

  /** Returns a nearest-rank quantile in milliseconds with three digits; 0 without latencies. */
  quantile(part: number): number {
    let rest = Math.ceil(part * this.#count);
    for (const [bucket, count] of [...this.#buckets].sort(([a], [b]) => a - b)) {
      rest -= count;
      if (rest <= 0) return Number((shortest * Math.exp(bucket * growth)).toPrecision(3));
    }
    return 0;
  }
}
