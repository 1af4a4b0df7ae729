/** What a starter has started so far. */
export interface Kept {
  /** Keeps something that is to be disposed of, and gives it back. */
  keep<T extends AsyncDisposable>(one: T): T;
  /** Disposes of all of it, the latest first. */
  dispose(): Promise<void>;
}

/** Nothing, yet. */
export function nothingKept(): Kept {
  const started: AsyncDisposable[] = [];
  return {
    keep(one) {
      started.unshift(one);
      return one;
    },
    async dispose() {
      for (const one of started.splice(0)) await one[Symbol.asyncDispose]();
    },
  };
}
