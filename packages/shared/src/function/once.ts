/** A function whose first call creates a value, which later calls return. */
export type Once<T> = (() => T) & {
  /** Whether the value exists. */
  done(): boolean;
};

/** Calls `make` at the first call, and caches its result. If it throws, the next call tries again. */
export function once<T>(make: () => T): Once<T> {
  let cached: { value: T } | undefined;
  const get = () => {
    cached ??= { value: make() };
    return cached.value;
  };
  return Object.assign(get, { done: () => cached !== undefined });
}
