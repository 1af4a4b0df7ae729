import { batchLimits, type Feed, type FeedBatch, type FeedItem, type FeedObserver } from "../feed.ts";
import { reconnecting } from "../socket/reconnecting.ts";
import { socketTexts } from "../socket/socket-texts.ts";
import { wordFilter } from "../word-filter.ts";
import { postCollection, readJetstreamEvent } from "./jetstream-event.ts";
import { JetstreamPosition } from "./jetstream-position.ts";

/** Options of the feed of Bluesky. */
export interface BlueskyOptions {
  /** The `subscribe` endpoints of Jetstream servers, tried in turn. */
  urls: readonly URL[];
  /** Selects posts with at least one of these words; without words, all posts. */
  words: readonly string[];
  /** Overlap when connecting to another server, in milliseconds before the cursor. */
  overlap: number;
  longestPause: number;
  observer: FeedObserver;
}

/** Bluesky has posts at any time, so a larger gap after a cursor means that the server has dropped posts. */
const maxGapMs = 60_000;

/** Creates the feed of Bluesky, from the public Jetstream, which needs no key. */
export function blueskyFeed(options: BlueskyOptions): Feed {
  const { longestPause, observer, urls } = options;
  return {
    name: "bluesky",
    startCursor: () => String(Date.now() * 1_000),
    batches(cursor, signal) {
      const position = new JetstreamPosition(
        cursor === undefined ? undefined : Number(cursor),
        options.overlap,
      );
      let server = 0;
      let nextServer = 0;
      async function* connect(): AsyncGenerator<FeedBatch> {
        server = nextServer;
        nextServer = (server + 1) % urls.length; // unless this server sends something
        for await (const batch of readPosts(urls[server]!, position, options, signal)) {
          nextServer = server;
          yield batch;
        }
      }
      return reconnecting(connect, { longestPause, observer, signal, chooseHost: () => urls[server]!.host });
    },
  };
}

function subscribeUrl(base: URL, cursor: number | undefined): URL {
  const url = new URL(base);
  url.searchParams.set("wantedCollections", postCollection);
  url.searchParams.set("maxMessageSizeBytes", String(batchLimits.bytes));
  if (cursor !== undefined) url.searchParams.set("cursor", String(cursor));
  return url;
}

async function* readPosts(
  server: URL,
  position: JetstreamPosition,
  { observer, words }: BlueskyOptions,
  signal: AbortSignal,
): AsyncGenerator<FeedBatch> {
  const isWanted = wordFilter(words);
  const start = position.toCursor(server);
  const url = subscribeUrl(server, start);
  let isFirst = true;
  const onOpen = () => observer.connected(url.host);
  for await (const texts of socketTexts(url, { signal, onOpen })) {
    const items: FeedItem[] = [];
    for (const text of texts) {
      const event = readJetstreamEvent(text);
      if (event === undefined) {
        observer.skipped("malformed");
        continue;
      }
      const { timeUs, post } = event;
      if (isFirst && start !== undefined && timeUs - start > maxGapMs * 1_000)
        observer.missed((timeUs - start) / 1_000);
      isFirst = false;
      position.add(server, timeUs);
      if (post === undefined) continue;
      // A deletion has no text, but its post may have contained the words.
      if (post.text !== undefined && !isWanted(post.text)) observer.skipped("other_words");
      // Jetstream should omit these; Kafka would refuse such a post at each retry.
      else if (Buffer.byteLength(post.value) > batchLimits.bytes) observer.skipped("too_large");
      else items.push({ id: post.id, key: post.key, value: post.value });
    }
    const { newest } = position;
    if (newest !== undefined) yield { items, cursor: String(newest), time: Math.floor(newest / 1_000) };
  }
}
