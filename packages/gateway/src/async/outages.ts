/** A failure to reach something belongs to an outage when the one before is no older than this. */
const sameOutage = 30_000;

/**
 * Since when functions or hosts are out of reach. Calls to one share the time for which they are tried again, so that
 * one that stays away holds up a thousand calls no longer than one call.
 */
export class Outages {
  readonly #patience: number;
  readonly #outages = new Map<string, { since: number; last: number }>();

  /** @param patience for how many milliseconds of an outage its calls are tried again */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /**
   * Notes that one was out of reach, and tells whether to try again.
   * @param begun when the try began, which may have waited for long
   */
  note(name: string, now = performance.now(), begun = now): boolean {
    this.#forgetOld(now);
    const since = this.#outages.get(name)?.since ?? begun;
    this.#outages.set(name, { since, last: now });
    return now - since < this.#patience;
  }

  /** Is it out of reach for so long that a call should not wait for it? */
  isLasting(name: string, now = performance.now()): boolean {
    this.#forgetOld(now);
    const outage = this.#outages.get(name);
    return outage !== undefined && now - outage.since >= this.#patience;
  }

  /** It was reached. */
  end(name: string): void {
    this.#outages.delete(name);
  }

  #forgetOld(now: number): void {
    for (const [name, { last }] of this.#outages) {
      if (now - last > sameOutage) this.#outages.delete(name);
    }
  }
}
