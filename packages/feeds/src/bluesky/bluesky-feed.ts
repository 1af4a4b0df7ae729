import { batchLimits, type Feed, type FeedBatch, type FeedItem, type FeedObserver } from "../feed.ts";
import { reconnecting } from "../socket/reconnecting.ts";
import { socketTexts } from "../socket/socket-texts.ts";
import { wordFilter } from "../word-filter.ts";
import { postCollection, readJetstreamEvent } from "./jetstream-event.ts";
import { JetstreamPlace } from "./jetstream-place.ts";

/** Options of the feed of Bluesky. */
export interface BlueskyOptions {
  /** The `subscribe` endpoints of Jetstream servers, tried in turn. */
  urls: readonly URL[];
  /** Posts have one of these words; all posts without words. */
  words: readonly string[];
  /** How far before the cursor a connection to another server begins, in milliseconds. */
  overlap: number;
  longestPause: number;
  observer: FeedObserver;
}

/** All posts of Bluesky arrive all the time; a longer silence after a cursor means that a server has dropped some. */
const largestGapMs = 60_000;

/** The posts of Bluesky, from Jetstream: public, without a key. */
export function blueskyFeed(options: BlueskyOptions): Feed {
  const { longestPause, observer, urls } = options;
  return {
    name: "bluesky",
    cursorOfNow: () => String(Date.now() * 1_000),
    batches(cursor, signal) {
      const place = new JetstreamPlace(cursor === undefined ? undefined : Number(cursor), options.overlap);
      let server = 0;
      let nextServer = 0;
      async function* connect(): AsyncGenerator<FeedBatch> {
        server = nextServer;
        nextServer = (server + 1) % urls.length; // unless this one gives something
        for await (const batch of readPosts(urls[server]!, place, options, signal)) {
          nextServer = server;
          yield batch;
        }
      }
      return reconnecting(connect, { longestPause, observer, signal, hostOf: () => urls[server]!.host });
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
  place: JetstreamPlace,
  { observer, words }: BlueskyOptions,
  signal: AbortSignal,
): AsyncGenerator<FeedBatch> {
  const isWanted = wordFilter(words);
  const start = place.cursorOf(server);
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
      if (isFirst && start !== undefined && timeUs - start > largestGapMs * 1_000)
        observer.missed((timeUs - start) / 1_000);
      isFirst = false;
      place.add(server, timeUs);
      if (post === undefined) continue;
      // A deletion tells no text; it concerns a post that may have had the words.
      if (post.text !== undefined && !isWanted(post.text)) observer.skipped("other_words");
      // Jetstream was asked to leave these out; Kafka would refuse one again and again.
      else if (Buffer.byteLength(post.value) > batchLimits.bytes) observer.skipped("too_large");
      else items.push({ id: post.id, key: post.key, value: post.value });
    }
    const { newest } = place;
    if (newest !== undefined) yield { items, cursor: String(newest), time: Math.floor(newest / 1_000) };
  }
}
