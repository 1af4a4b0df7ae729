/** A version of a post, or its deletion. */
export interface FeedItem {
  /** Identifies this version of the post, or its deletion; equal in repeated deliveries. */
  id: string;
  /** The key of the Kafka message: equal for all versions of a post, so one partition has them in order. */
  key: string;
  /** JSON in a form of tweet-enrich. */
  value: string;
}

/** Items in the order of the feed, and the cursor after them. */
export interface FeedBatch {
  items: readonly FeedItem[];
  /** The position of the feed after these items. */
  cursor: string;
  /** When the network sent the newest item, in milliseconds since 1970. */
  time: number;
}

/** The reason for skipping a post. */
export type SkipReason = "other_words" | "malformed" | "too_large";

/** Receives the events of a feed. */
export interface FeedObserver {
  connected(host: string): void;
  /** The connection was lost or failed; the feed reconnects after a pause. */
  disconnected(loss: { host: string; error: unknown; pauseMs: number }): void;
  skipped(reason: SkipReason): void;
  /** The server has dropped the posts of this time span after the cursor. */
  missed(milliseconds: number): void;
}

/** The live posts of a network. */
export interface Feed {
  /** The name of the feed's cursor: `bluesky`, or `mastodon/mastodon.social`. */
  readonly name: string;
  /** The cursor of a feed that begins now; undefined when only the server knows it. */
  startCursor(): string | undefined;
  /**
   * Reads the posts after a cursor or, without one, new posts. Reconnects after each loss, and ends only with the signal.
   * Applies back-pressure. May repeat items after a reconnection.
   */
  batches(cursor: string | undefined, signal: AbortSignal): AsyncGenerator<FeedBatch>;
}

/** The maximum number of items in a batch, and of bytes in their values. Kafka accepts batches of 1 MB. */
export const batchLimits = { items: 1_000, bytes: 800_000 };
