/** A stack of resources that a starter has created. */
export interface Kept {
  /** Adds a resource to dispose of later, and returns it. */
  keep<T extends AsyncDisposable>(one: T): T;
  /** Disposes of all resources, the latest first. */
  dispose(): Promise<void>;
}

/** Creates an empty stack. */
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
