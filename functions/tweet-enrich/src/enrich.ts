import { normalizeLineEnds } from "@platform/shared/text/normalize-line-ends";
import { score } from "@platform/textblob";
import { formatCreatedAt } from "./created-at.ts";
import { EmptyTweetError } from "./errors.ts";
import type { Tweet } from "./tweet.ts";

/** A tweet with its sentiment, flat, as the index template wants it. What a tweet does not tell is null. */
export interface SentimentDocument {
  /** v1.1's form in UTC: `Wed Oct 10 20:19:24 +0000 2018`. */
  "twitter.created_at": string | null;
  "twitter.handle": string | null;
  "twitter.msg": string;
  "twitter.user": string | null;
  /** From -1 to 1. */
  polarity: number;
  /** From 0 to 1. */
  subjectivity: number;
  sentence_count: number;
  /** When it was scored, as HTTP writes it: `Wed, 10 Oct 2018 20:19:25 GMT`. */
  Date: string;
}

/** The document of a tweet scored at a time; throws EmptyTweetError (422) when it has no sentence. */
export function enrich(tweet: Tweet, scoredAt: Date): SentimentDocument {
  const { polarity, subjectivity, sentenceCount } = score(normalizeLineEnds(tweet.text));
  if (sentenceCount === 0) throw new EmptyTweetError();
  return {
    "twitter.created_at": tweet.createdAt === undefined ? null : formatCreatedAt(tweet.createdAt),
    "twitter.handle": tweet.handle ?? null,
    "twitter.msg": tweet.text,
    "twitter.user": tweet.user ?? null,
    polarity,
    subjectivity,
    sentence_count: sentenceCount,
    Date: scoredAt.toUTCString(),
  };
}
