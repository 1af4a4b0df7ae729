/** A version of a post, or its deletion. */
export interface FeedItem {
  /** The same for two deliveries of the same version, and for nothing else. */
  id: string;
  /** The same for all versions of a post, so that one partition has them in their order. */
  key: string;
  /** JSON in a form that tweet-enrich reads. */
  value: string;
}

/** Items in the order of the feed, and the cursor behind them. */
export interface FeedBatch {
  items: readonly FeedItem[];
  /** Where the feed continues after these items. */
  cursor: string;
  /** When the network sent the newest of them, in milliseconds since 1970. */
  time: number;
}

/** Why a post is not an item. */
export type SkipReason = "other_words" | "malformed" | "too_large";

/** Receives the events of a feed. */
export interface FeedObserver {
  connected(host: string): void;
  /** The connection is lost, or could not be made; the feed tries again after a pause. */
  disconnected(loss: { host: string; error: unknown; pauseMs: number }): void;
  skipped(reason: SkipReason): void;
  /** The server no longer has posts of so many milliseconds after the cursor. */
  missed(milliseconds: number): void;
}

/** The live posts of a network. */
export interface Feed {
  /** Such as `bluesky`, and `mastodon/mastodon.social`: the name of its cursor. */
  readonly name: string;
  /** The cursor of a feed that begins now; undefined where only the server can tell it. */
  cursorOfNow(): string | undefined;
  /**
   * Reads the posts after a cursor, or new posts without one. It reconnects after each loss, and ends only with the signal.
   * Back-pressure: it reads no more than its caller takes. After a reconnection, it may repeat items.
   */
  batches(cursor: string | undefined, signal: AbortSignal): AsyncGenerator<FeedBatch>;
}

/** The most items of a batch, and the most bytes of their values: Kafka takes a batch of a megabyte. */
export const batchLimits = { items: 1_000, bytes: 800_000 };
