import type { Origin } from "./origin.ts";
import type { Sentiment } from "./scoring/scorer.ts";
import { placeOf, type StoragePlace } from "./storage-place.ts";
import type { Tweet } from "./tweet.ts";
import { type TweetFields, tweetFields } from "./tweet-fields.ts";

/** A tweet with its sentiment, flat, as the index template wants it. */
export interface SentimentDocument extends TweetFields {
  /** From -1 to 1. */
  polarity: number;
  /** From 0 to 1. */
  subjectivity: number;
  sentence_count: number;
  /** When it was scored, as HTTP writes it: `Wed, 10 Oct 2018 20:19:25 GMT`. */
  Date: string;
  /** When the gateway took the call, in milliseconds since 1970; only where it says so. */
  "X-Start-Time"?: number;
}

/** A document and where it belongs. */
export interface SentimentRecord extends StoragePlace {
  document: SentimentDocument;
}

/** The record of the tweet at a place of a call, scored at a time. */
export function recordOf(
  tweet: Tweet,
  sentiment: Sentiment,
  call: { origin: Origin; place: number; scoredAt: Date },
): SentimentRecord {
  const { origin, place, scoredAt } = call;
  const document: SentimentDocument = {
    ...tweetFields(tweet),
    ...sentiment,
    Date: scoredAt.toUTCString(),
    ...(origin.startTime === undefined ? {} : { "X-Start-Time": origin.startTime }),
  };
  return { ...placeOf(tweet, { received: origin.timestamp(place), now: scoredAt }), document };
}
