import { openTransactionWriter } from "@platform/shared/kafka/transaction-writer";
import type { Kafka } from "kafkajs";
import type { Feed, FeedBatch, FeedItem } from "../feed.ts";
import type { FeedMetrics } from "../metrics.ts";
import { hashOf, nextSlot } from "../recent-ids.ts";
import { readFeedState } from "./cursors-topic.ts";
import { cursorsTopic, FeedState } from "./feed-state.ts";

/** Writes batches to a topic, each item once. */
export interface TopicSink extends AsyncDisposable {
  /** Where the feed continues. */
  readonly cursor: string | undefined;
  /** After a failure, dispose of the sink: the next one finds out what was committed. */
  write(batch: FeedBatch): Promise<void>;
}

/** Options of a sink. */
export interface TopicSinkOptions {
  kafka: Kafka;
  topic: string;
  feed: Pick<Feed, "name" | "cursorOfNow">;
  metrics: Pick<FeedMetrics, "written" | "skipped">;
  signal: AbortSignal;
}

/** A cursor without posts is written this often, in milliseconds: it only spares the next start some posts to pass over. */
const idleInterval = 5_000;

/**
 * Opens the only sink of a feed for a topic. A transaction has the posts of a batch, the cursor behind them and their ids, so
 * that they are committed together or not at all. Opening ends the transaction of an older sink, and fences that sink.
 */
export async function openTopicSink(options: TopicSinkOptions): Promise<TopicSink> {
  const { feed, kafka, metrics, signal, topic } = options;
  const key = `${topic}/${feed.name}`;
  const state = new FeedState(key);
  // The writer comes first: the state is complete when no older one can write any more.
  const writer = await openTransactionWriter(kafka, `feeds-${key.replace("/", "-")}`);
  try {
    await readFeedState(kafka, state, signal);
    await beginFeed();
  } catch (error) {
    await writer[Symbol.asyncDispose]();
    throw error;
  }
  let lastWrite = 0;

  /** A new feed has a cursor before its first post, so that no failure makes it begin later. */
  async function beginFeed(): Promise<void> {
    const cursor = state.cursor ?? feed.cursorOfNow();
    if (state.cursor !== undefined || cursor === undefined) return;
    await writer.write([{ topic: cursorsTopic, messages: state.messages(cursor, state.slot, []) }]);
    state.cursor = cursor;
  }

  async function write({ cursor, items }: FeedBatch): Promise<void> {
    const { hashes, posts } = newItems(items, state);
    if (items.length > posts.length) metrics.skipped("duplicate", items.length - posts.length);
    if (posts.length === 0 && Date.now() - lastWrite < idleInterval) return;
    const slot = hashes.length === 0 ? state.slot : nextSlot(state.slot);
    await writer.write([
      ...(posts.length === 0
        ? []
        : [{ topic, messages: posts.map((post) => ({ key: post.key, value: post.value })) }]),
      { topic: cursorsTopic, messages: state.messages(cursor, slot, hashes) },
    ]);
    lastWrite = Date.now();
    state.cursor = cursor;
    state.slot = slot;
    if (hashes.length > 0) state.recent.set(slot, hashes);
    metrics.written(posts.length);
  }

  return {
    get cursor() {
      return state.cursor;
    },
    write,
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

/** The items that were not written yet, each once, and the hashes of their ids. */
function newItems(items: readonly FeedItem[], { recent }: FeedState) {
  const byHash = new Map(items.map((item) => [hashOf(item.id), item]));
  const fresh = [...byHash].filter(([hash]) => !recent.has(hash));
  return { hashes: fresh.map(([hash]) => hash), posts: fresh.map(([, item]) => item) };
}
