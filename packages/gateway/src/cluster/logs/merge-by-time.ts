import type { TimedLine } from "./timed-line.ts";

/** Merges sorted sources by time. It buffers one line of each source. */
export async function* mergeByTime(sources: readonly AsyncIterable<TimedLine>[]): AsyncGenerator<TimedLine> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      const next = indexOfFirst(heads);
      const head = heads[next];
      if (head === undefined) return;
      yield head.value;
      heads[next] = await iterators[next]!.next();
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}

/** The index of the source with the earliest line; -1 when all have ended. */
function indexOfFirst(heads: readonly IteratorResult<TimedLine>[]): number {
  let first = -1;
  heads.forEach(({ done, value }, index) => {
    if (!done && (first < 0 || value.at < heads[first]!.value.at)) first = index;
  });
  return first;
}
