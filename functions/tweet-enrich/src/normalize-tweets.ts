import type { Batch } from "@platform/shared/function/batch";
import type { TweetCall } from "./enrich-tweets.ts";
import { type StorageLocation, toStorageLocation } from "./storage-location.ts";
import { type TweetFields, tweetFields } from "./tweet-fields.ts";

/** A tweet as it would be stored, without a score. */
export type NormalizedTweet = StorageLocation & TweetFields;

/** Returns the tweets of a call as they would be stored (`?detail=tweet`), without scoring or storing them. */
export function normalizeTweets({ tweets, origin }: TweetCall): Batch<NormalizedTweet> {
  const now = new Date();
  return tweets.map((tweet, index) => ({
    ...toStorageLocation(tweet, { received: origin.timestamp(index), now }),
    ...tweetFields(tweet),
  }));
}
