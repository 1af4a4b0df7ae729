import type { Origin } from "./origin.ts";
import type { Sentiment } from "./scoring/scorer.ts";
import { type StorageLocation, toStorageLocation } from "./storage-location.ts";
import type { Tweet } from "./tweet.ts";
import { type TweetFields, tweetFields } from "./tweet-fields.ts";

/** A flat document with the tweet and its sentiment, as the index template expects it. */
export interface SentimentDocument extends TweetFields {
  /** From -1 to 1. */
  polarity: number;
  /** From 0 to 1. */
  subjectivity: number;
  sentence_count: number;
  /** When the tweet was scored, as an HTTP date: `Wed, 10 Oct 2018 20:19:25 GMT`. */
  Date: string;
  /** When the gateway received the call, in milliseconds since 1970; absent without the header X-Start-Time. */
  "X-Start-Time"?: number;
}

/** A document with its storage location. */
export interface SentimentRecord extends StorageLocation {
  document: SentimentDocument;
}

/** Creates the record of a scored tweet; `tweetIndex` is the index of the tweet in its call. */
export function toRecord(
  tweet: Tweet,
  sentiment: Sentiment,
  call: { origin: Origin; tweetIndex: number; scoredAt: Date },
): SentimentRecord {
  const { origin, tweetIndex, scoredAt } = call;
  const document: SentimentDocument = {
    ...tweetFields(tweet),
    ...sentiment,
    Date: scoredAt.toUTCString(),
    ...(origin.startTime === undefined ? {} : { "X-Start-Time": origin.startTime }),
  };
  return { ...toStorageLocation(tweet, { received: origin.timestamp(tweetIndex), now: scoredAt }), document };
}
