import { formatCreatedAt } from "./created-at.ts";
import type { Tweet } from "./tweet.ts";

/** The fields of a document that come from the tweet; null when the tweet lacks the value. */
export interface TweetFields {
  /** In UTC, in the format of API v1.1: `Wed Oct 10 20:19:24 +0000 2018`. */
  "twitter.created_at": string | null;
  "twitter.handle": string | null;
  "twitter.msg": string;
  "twitter.user": string | null;
}

export function tweetFields({ createdAt, handle, text, user }: Tweet): TweetFields {
  return {
    "twitter.created_at": createdAt === undefined ? null : formatCreatedAt(createdAt),
    "twitter.handle": handle ?? null,
    "twitter.msg": text,
    "twitter.user": user ?? null,
  };
}
