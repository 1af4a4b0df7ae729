/** A function whose first call creates a value, which later calls return. */
export type Once<T> = (() => T) & {
  /** Whether the value exists. */
  done(): boolean;
};

/** Calls `make` at the first call, and caches its result. If it throws, the next call tries again. */
export function once<T>(make: () => T): Once<T> {
  let made: { value: T } | undefined;
  const get = () => {
    made ??= { value: make() };
    return made.value;
  };
  return Object.assign(get, { done: () => made !== undefined });
}
