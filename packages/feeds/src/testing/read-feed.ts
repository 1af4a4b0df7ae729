import type { Feed, FeedItem } from "../feed.ts";

/** A running read of a feed. */
export interface ReadFeed extends AsyncDisposable {
  items: FeedItem[];
  cursor: string | undefined;
}

/** Reads a feed until it is disposed of. */
export function readFeed(feed: Feed, cursor?: string): ReadFeed {
  const end = new AbortController();
  const reading: ReadFeed = {
    items: [],
    cursor,
    async [Symbol.asyncDispose]() {
      end.abort();
      await done;
    },
  };
  const done = (async () => {
    for await (const batch of feed.batches(cursor, end.signal)) {
      reading.items.push(...batch.items);
      reading.cursor = batch.cursor;
    }
  })();
  return reading;
}
