/**
 * The position of a feed on several servers whose clocks differ: each gives the same event another time. Times are in
 * microseconds since 1970.
 */
export class JetstreamPlace {
  #newest: number | undefined;
  readonly #overlapUs: number;
  readonly #byServer = new Map<string, number>();

  /** @param overlap how far before the newest event another server begins, in milliseconds */
  constructor(newest: number | undefined, overlap: number) {
    this.#newest = newest;
    this.#overlapUs = overlap * 1_000;
  }

  /** The newest time of all servers. It does not go back. */
  get newest(): number | undefined {
    return this.#newest;
  }

  add(server: URL, timeUs: number): void {
    this.#byServer.set(server.href, Math.max(this.#byServer.get(server.href) ?? 0, timeUs));
    this.#newest = Math.max(this.#newest ?? 0, timeUs);
  }

  /**
   * Where a server continues: after its own last event. Otherwise a server that drops its connections early would repeat the
   * overlap for ever. Undefined for now.
   */
  cursorOf(server: URL): number | undefined {
    if (this.#newest === undefined) return undefined;
    return Math.max(0, this.#newest - this.#overlapUs, this.#byServer.get(server.href) ?? 0);
  }
}
