/** An LRU cache of asynchronous results with an expiry. Concurrent calls with one key share the result. */
export interface ResultCache<Result> {
  /** Returns the cached or pending result under this key, else calls `work`. Failures are not cached. */
  get(key: string, work: () => Promise<Result>): Promise<Result>;
}

/** Expiry and size of the cache. */
export interface ResultCacheOptions {
  /** Milliseconds from the arrival of a result; 0 means that only pending results are shared. */
  ttlMs: number;
  /** Size limit in characters; the least recently used results are evicted first. */
  capacity: number;
}

/** Size of an entry in addition to its texts, in characters. */
const overhead = 500;

interface Entry<Result> {
  result: Promise<Result>;
  size: number;
  /** On the clock of performance.now(). */
  expires: number;
}

/** Creates an empty cache. */
export function createResultCache<Result extends { json: string }>({
  ttlMs,
  capacity,
}: ResultCacheOptions): ResultCache<Result> {
  // Least recently used first.
  const entries = new Map<string, Entry<Result>>();
  let total = 0;

  function remove(key: string, entry: Entry<Result>) {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    total -= entry.size;
  }

  function settle(key: string, entry: Entry<Result>, size: number) {
    if (entries.get(key) !== entry) return;
    entry.size = size;
    entry.expires = performance.now() + ttlMs;
    total += size;
    for (const [oldest, old] of entries) {
      if (total <= capacity) break;
      if (old.size > 0) remove(oldest, old); // size 0 means pending
    }
  }

  return {
    get(key, work) {
      const cached = entries.get(key);
      if (cached !== undefined) {
        if (cached.expires > performance.now()) {
          entries.delete(key);
          entries.set(key, cached);
          return cached.result;
        }
        remove(key, cached);
      }
      const entry: Entry<Result> = { result: work(), size: 0, expires: Number.POSITIVE_INFINITY };
      entries.set(key, entry);
      entry.result.then(
        (result) => settle(key, entry, overhead + key.length + result.json.length),
        () => remove(key, entry),
      );
      return entry.result;
    },
  };
}
