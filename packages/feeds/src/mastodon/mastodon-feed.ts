import type { Feed, FeedBatch, FeedObserver } from "../feed.ts";
import { reconnecting } from "../socket/reconnecting.ts";
import { createMastodonApi } from "./mastodon-api.ts";
import { poll } from "./poll.ts";
import { stream } from "./stream.ts";

/** Options of the feed of a Mastodon server. */
export interface MastodonOptions {
  server: URL;
  /** The access token, read at each request. With one, the feed streams; without one, it polls. */
  readToken: (() => Promise<string>) | undefined;
  /** The pause between two requests, in milliseconds. */
  pollEvery: number;
  /** The longest pause before it connects again, in milliseconds. */
  longestPause: number;
  observer: FeedObserver;
}

/** The public timeline of a Mastodon server: what its members, and those whom they follow, write in public. */
export function mastodonFeed(options: MastodonOptions): Feed {
  const { longestPause, observer, readToken, server } = options;
  const api = createMastodonApi(server, readToken ?? (async () => undefined));
  const read = readToken === undefined ? poll : stream;
  return {
    name: `mastodon/${api.host}`,
    cursorOfNow: () => undefined,
    batches(cursor, signal) {
      let position = cursor;
      async function* connect(): AsyncGenerator<FeedBatch> {
        for await (const batch of read({ ...options, api, start: position, signal })) {
          position = batch.cursor;
          yield batch;
        }
      }
      return reconnecting(connect, { longestPause, observer, signal, hostOf: () => api.host });
    },
  };
}
