import { openTransactionWriter } from "@platform/shared/kafka/transaction-writer";
import type { Kafka } from "kafkajs";
import type { Feed, FeedBatch, FeedItem } from "../feed.ts";
import type { FeedMetrics } from "../metrics.ts";
import { hashId, nextSlot } from "../recent-ids.ts";
import { readFeedState } from "./cursors-topic.ts";
import { cursorsTopic, FeedState } from "./feed-state.ts";

/** Writes batches to a topic, each item exactly once. */
export interface TopicSink extends AsyncDisposable {
  /** The committed position of the feed. */
  readonly cursor: string | undefined;
  /** Writes a batch. After a failure, dispose of the sink; the next sink reads the committed state. */
  write(batch: FeedBatch): Promise<void>;
}

/** Options of a sink. */
export interface TopicSinkOptions {
  kafka: Kafka;
  topic: string;
  feed: Pick<Feed, "name" | "startCursor">;
  metrics: Pick<FeedMetrics, "written" | "skipped">;
  signal: AbortSignal;
}

/** Interval for writing a cursor without posts, in milliseconds. Such a cursor only saves the next start some skipped posts. */
const idleInterval = 5_000;

/**
 * Opens the only sink of a feed for a topic. A transaction has the posts of a batch, the cursor after them and their ids, so
 * they are committed atomically. At the opening, Kafka commits or aborts
 * the transaction of an older sink, and fences that sink.
 */
export async function openTopicSink(options: TopicSinkOptions): Promise<TopicSink> {
  const { feed, kafka, metrics, signal, topic } = options;
  const key = `${topic}/${feed.name}`;
  const state = new FeedState(key);
  // Opens the writer first, so that no older writer can change the state after the read.
  const writer = await openTransactionWriter(kafka, `feeds-${key.replace("/", "-")}`);
  try {
    await readFeedState(kafka, state, signal);
    await beginFeed();
  } catch (error) {
    await writer[Symbol.asyncDispose]();
    throw error;
  }
  let lastWrite = 0;

  /** Stores a cursor before the first post of a new feed, so that a failure does not make it begin later. */
  async function beginFeed(): Promise<void> {
    const cursor = state.cursor ?? feed.startCursor();
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

/** Returns the items that were not written yet, without duplicates, and the hashes of their ids. */
function newItems(items: readonly FeedItem[], { recent }: FeedState) {
  const byHash = new Map(items.map((item) => [hashId(item.id), item]));
  const fresh = [...byHash].filter(([hash]) => !recent.has(hash));
  return { hashes: fresh.map(([hash]) => hash), posts: fresh.map(([, item]) => item) };
}
