/** What the leader has seen of a function since it leads, for decisions about its replicas. Times are performance.now(). */
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
   * Notes the deployed state. A change by someone else holds for a scale-down window. A new definition, and replicas after
   * none, begin a new time of idleness.
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

  /** Notes the replicas that this gateway has set. */
  noteScaled(replicas: number): void {
    if (this.#deployed !== undefined) this.#deployed.replicas = replicas;
  }

  /** Notes when the last call was, and how many replicas the load needs. */
  noteLoad({ lastCallAt, needed }: { lastCallAt: number; needed: number }, now: number): void {
    this.#activeAt = Math.max(this.#activeAt, lastCallAt);
    this.#needs.push({ at: now, replicas: needed });
  }

  idleMs(now: number): number {
    return now - this.#activeAt;
  }

  /** The most replicas that were needed within a window; undefined before it has been watched for so long. */
  mostNeeded(windowMs: number, now: number): number | undefined {
    this.#needs = this.#needs.filter(({ at }) => now - at <= windowMs);
    if (now - this.#watchedSince < windowMs) return undefined;
    return Math.max(0, ...this.#needs.map(({ replicas }) => replicas)) || undefined;
  }
}
