/** The counts of a function's calls at a gateway. */
export interface CallCount {
  /** Calls in flight, waiting calls included. */
  inFlight: number;
  /** Calls started since the start of the gateway. */
  total: number;
  /** The start or end of the last call, in milliseconds since 1970; undefined without a call. */
  lastAt: number | undefined;
}

/** Counts calls by the called name of a function. */
export class CallCounts {
  readonly #counts = new Map<string, CallCount>();

  /** Counts a call as in flight until the returned function is called. */
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
