/** A resource that is opened at its first use. */
export interface LazyResource<T> {
  /** Returns the resource, and opens it if necessary. A failure is not cached: the next call tries again. */
  get(): Promise<T>;
  /** Forgets the resource, so that the next get() opens a new one. Returns the forgotten one. */
  drop(): Promise<T> | undefined;
}

/** Opens a resource at the first call of get(). */
export function lazily<T>(open: () => Promise<T>): LazyResource<T> {
  let opened: Promise<T> | undefined;
  return {
    get() {
      if (opened !== undefined) return opened;
      const opening = open();
      opened = opening;
      opening.catch(() => {
        if (opened === opening) opened = undefined;
      });
      return opening;
    },
    drop() {
      const last = opened;
      opened = undefined;
      return last;
    },
  };
}
