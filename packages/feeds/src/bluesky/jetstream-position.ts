/**
 * The position of a feed on several servers. Their clocks differ, so the same event has a different time on each server.
 * Times are in microseconds since 1970.
 */
export class JetstreamPosition {
  #newest: number | undefined;
  readonly #overlapUs: number;
  readonly #byServer = new Map<string, number>();

  /** @param overlap start of another server before the newest event, in milliseconds */
  constructor(newest: number | undefined, overlap: number) {
    this.#newest = newest;
    this.#overlapUs = overlap * 1_000;
  }

  /** The newest time of all servers. It never decreases. */
  get newest(): number | undefined {
    return this.#newest;
  }

  add(server: URL, timeUs: number): void {
    this.#byServer.set(server.href, Math.max(this.#byServer.get(server.href) ?? 0, timeUs));
    this.#newest = Math.max(this.#newest ?? 0, timeUs);
  }

  /**
   * Returns the cursor for a server: the newest time minus the overlap, but not before the server's own last event.
   * Otherwise, a server that drops connections early would repeat the overlap forever. Undefined means the current posts.
   */
  toCursor(server: URL): number | undefined {
    if (this.#newest === undefined) return undefined;
    return Math.max(0, this.#newest - this.#overlapUs, this.#byServer.get(server.href) ?? 0);
  }
}
