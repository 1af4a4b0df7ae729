interface Sample {
  time: number;
  total: number;
}

const spanMs = 60_000;
/** The minimum time span of a meaningful rate. */
const leastMs = 1_500;

/** Computes rates of external counters, such as the offsets of a topic, from their readings of the last minute. */
export class CounterRates {
  readonly #samples = new Map<string, Sample[]>();

  /** Adds a reading. Returns the growth per second over the last minute; null before the second reading, and after a restart of the counter. */
  perSecond(key: string, total: number, now = Date.now()): number | null {
    const samples = this.#samples.get(key) ?? [];
    this.#samples.set(key, samples);
    if (samples.length > 0 && total < samples.at(-1)!.total) samples.length = 0;
    samples.push({ time: now, total });
    while (samples.length > 2 && samples[1]!.time <= now - spanMs) samples.shift();
    const first = samples[0]!;
    // After a time without readings, old readings do not describe the current rate.
    if (samples.length === 2 && first.time < now - 2 * spanMs) {
      samples.shift();
      return null;
    }
    return now - first.time < leastMs ? null : (total - first.total) / ((now - first.time) / 1_000);
  }

  /** Forgets all other counters. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of this.#samples.keys()) if (!keys.has(key)) this.#samples.delete(key);
  }
}
