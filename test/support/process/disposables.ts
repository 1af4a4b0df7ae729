/** A stack of resources that a starter has created. */
export interface Disposables {
  /** Adds a resource to dispose of later, and returns it. */
  use<T extends AsyncDisposable>(resource: T): T;
  /** Disposes of all resources, the latest first. */
  dispose(): Promise<void>;
}

/** Creates an empty stack. */
export function createDisposables(): Disposables {
  const started: AsyncDisposable[] = [];
  return {
    use(resource) {
      started.unshift(resource);
      return resource;
    },
    async dispose() {
      for (const resource of started.splice(0)) await resource[Symbol.asyncDispose]();
    },
  };
}
