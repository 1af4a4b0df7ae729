/** A function whose first call makes a value, which all later calls return. */
export type Once<T> = (() => T) & {
  /** Whether the value is made. */
  done(): boolean;
};

/** Calls `make` at the first call and keeps its result. When it throws, the next call tries again. */
export function once<T>(make: () => T): Once<T> {
  let made: { value: T } | undefined;
  const get = () => {
    made ??= { value: make() };
    return made.value;
  };
  return Object.assign(get, { done: () => made !== undefined });
}
