/** A failure belongs to the outage of the previous failure if that is no older than this, in milliseconds. */
const outageGapMs = 30_000;

/**
 * Tracks the outages of functions or hosts. All calls of a target share the retry time of an outage, so that a thousand calls
 * wait for an unreachable target no longer than one call.
 */
export class Outages {
  readonly #retryMs: number;
  readonly #outages = new Map<string, { since: number; last: number }>();

  /** @param retryMs the retry time of an outage, in milliseconds */
  constructor(retryMs: number) {
    this.#retryMs = retryMs;
  }

  /**
   * Records a failure.
   * @param start when the failed attempt started; it may have waited for long
   * @returns whether to retry
   */
  note(name: string, now = performance.now(), start = now): boolean {
    this.#forgetOld(now);
    const since = this.#outages.get(name)?.since ?? start;
    this.#outages.set(name, { since, last: now });
    return now - since < this.#retryMs;
  }

  /** Whether the retry time of the current outage is over, so that calls should not wait. */
  isLasting(name: string, now = performance.now()): boolean {
    this.#forgetOld(now);
    const outage = this.#outages.get(name);
    return outage !== undefined && now - outage.since >= this.#retryMs;
  }

  /** Records a success. */
  end(name: string): void {
    this.#outages.delete(name);
  }

  #forgetOld(now: number): void {
    for (const [name, { last }] of this.#outages) {
      if (now - last > outageGapMs) this.#outages.delete(name);
    }
  }
}
