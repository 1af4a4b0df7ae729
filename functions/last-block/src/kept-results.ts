/** Results of work, shared by those who ask for them at the same time and kept for a while. */
export interface KeptResults<Result> {
  /** The result under this key: the one that is kept or on its way, else what `work` makes. Failures are not kept. */
  get(key: string, work: () => Promise<Result>): Promise<Result>;
}

/** How long and how much is kept. */
export interface KeptResultsOptions {
  /** Milliseconds since a result came; 0: it is only shared while it is on its way. */
  keepFor: number;
  /** The most that is kept, in characters; what was not asked for the longest goes first. */
  capacity: number;
}

/** What a result takes beside its texts, in characters. */
const overhead = 500;

interface Entry<Result> {
  result: Promise<Result>;
  size: number;
  /** By performance.now(). */
  expires: number;
}

/** Keeps nothing at first. */
export function createKeptResults<Result extends { json: string }>({
  keepFor,
  capacity,
}: KeptResultsOptions): KeptResults<Result> {
  // In the order of their last use.
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
    entry.expires = performance.now() + keepFor;
    total += size;
    for (const [oldest, old] of entries) {
      if (total <= capacity) break;
      if (old.size > 0) remove(oldest, old); // others are still on their way
    }
  }

  return {
    get(key, work) {
      const kept = entries.get(key);
      if (kept !== undefined) {
        if (kept.expires > performance.now()) {
          entries.delete(key);
          entries.set(key, kept);
          return kept.result;
        }
        remove(key, kept);
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
