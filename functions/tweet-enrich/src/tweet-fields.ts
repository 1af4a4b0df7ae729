import { formatCreatedAt } from "./created-at.ts";
import type { Tweet } from "./tweet.ts";

/** The fields of a document that come from the tweet; null where the tweet does not tell. */
export interface TweetFields {
  /** v1.1's form in UTC: `Wed Oct 10 20:19:24 +0000 2018`. */
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
