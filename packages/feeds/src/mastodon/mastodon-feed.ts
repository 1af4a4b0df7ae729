import type { Feed, FeedBatch, FeedObserver } from "../feed.ts";
import { reconnecting } from "../socket/reconnecting.ts";
import { createMastodonApi } from "./mastodon-api.ts";
import { poll } from "./poll.ts";
import { stream } from "./stream.ts";

/** Options of the feed of a Mastodon server. */
export interface MastodonOptions {
  server: URL;
  /** Reads the access token, at each request. With a token, the feed streams; without one, it polls. */
  readToken: (() => Promise<string>) | undefined;
  /** The pause between two requests, in milliseconds. */
  pollEvery: number;
  /** The longest pause before it reconnects, in milliseconds. */
  longestPause: number;
  observer: FeedObserver;
}

/** Creates the feed of a Mastodon server's public timeline: public posts of its members and of accounts that they follow. */
export function mastodonFeed(options: MastodonOptions): Feed {
  const { longestPause, observer, readToken, server } = options;
  const api = createMastodonApi(server, readToken ?? (async () => undefined));
  const read = readToken === undefined ? poll : stream;
  return {
    name: `mastodon/${api.host}`,
    startCursor: () => undefined,
    batches(cursor, signal) {
      let position = cursor;
      async function* connect(): AsyncGenerator<FeedBatch> {
        for await (const batch of read({ ...options, api, start: position, signal })) {
          position = batch.cursor;
          yield batch;
        }
      }
      return reconnecting(connect, { longestPause, observer, signal, chooseHost: () => api.host });
    },
  };
}
