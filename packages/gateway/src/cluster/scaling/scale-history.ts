/** A leader's observations of a function, for decisions about its replicas. Times are values of performance.now(). */
export class ScaleHistory {
  #watchedSince: number;
  #activeAt: number;
  #needs: { at: number; replicas: number }[] = [];
  #deployed: { definition: string; replicas: number } | undefined;

  constructor(now: number) {
    this.#watchedSince = now;
    this.#activeAt = now;
  }

  /**
   * Records the deployed state. A change by another client holds for a scale-down window. A new definition and a wake-up
   * restart the idle time.
   */
  noteDeployed(deployed: { definition: string; replicas: number }, now: number): void {
    const { definition, replicas } = this.#deployed ?? deployed;
    this.#deployed = deployed;
    const isRedefined = definition !== deployed.definition;
    if (!isRedefined && replicas === deployed.replicas) return;
    if (isRedefined || replicas === 0) this.#activeAt = now;
    this.#watchedSince = now;
    this.#needs = [];
  }

  /** Records the replicas that this gateway has set. */
  noteScaled(replicas: number): void {
    if (this.#deployed !== undefined) this.#deployed.replicas = replicas;
  }

  /** Records the time of the last call, and the replicas that the load needs. */
  noteLoad({ lastCallAt, needed }: { lastCallAt: number; needed: number }, now: number): void {
    this.#activeAt = Math.max(this.#activeAt, lastCallAt);
    this.#needs.push({ at: now, replicas: needed });
  }

  idleMs(now: number): number {
    return now - this.#activeAt;
  }

  /** The maximum of needed replicas within a window; undefined before the window is complete. */
  maxNeeded(windowMs: number, now: number): number | undefined {
    this.#needs = this.#needs.filter(({ at }) => now - at <= windowMs);
    if (now - this.#watchedSince < windowMs) return undefined;
    return Math.max(0, ...this.#needs.map(({ replicas }) => replicas)) || undefined;
  }
}
