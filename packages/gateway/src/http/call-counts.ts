/** What a gateway has counted of the calls of a function. */
export interface CallCount {
  /** Calls that have begun and not ended; those that wait for a pod are among them. */
  inFlight: number;
  /** Calls that have begun since the gateway started. */
  total: number;
  /** When the last call began or ended, in milliseconds since 1970; undefined: there was none. */
  lastAt: number | undefined;
}

/** Counts calls by the called name of a function. */
export class CallCounts {
  readonly #counts = new Map<string, CallCount>();

  /** Counts a call as in flight until the function that it returns is called. */
  begin(calledName: string): () => void {
    const count = this.of(calledName);
    this.#counts.set(calledName, count);
    count.inFlight += 1;
    count.total += 1;
    count.lastAt = Date.now();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      count.inFlight -= 1;
      count.lastAt = Date.now();
    };
  }

  of(calledName: string): CallCount {
    return this.#counts.get(calledName) ?? { inFlight: 0, total: 0, lastAt: undefined };
  }

  /** Forgets a function that is no longer deployed. */
  forget(calledName: string): void {
    this.#counts.delete(calledName);
  }
}
