import { createHash } from "node:crypto";
import { formatCreatedAt } from "./created-at.ts";
import type { Origin } from "./origin.ts";
import type { Sentiment } from "./scoring/scorer.ts";
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
  /** When the gateway took the call, in milliseconds since 1970; only where it says so. */
  "X-Start-Time"?: number;
}

/** A document and where it belongs. */
export interface SentimentRecord {
  /** The same for the same tweet each time that it comes: the `_id` in the index, the key in Kafka. */
  id: string;
  /** `sentiment-yyyy-MM`. */
  index: string;
  document: SentimentDocument;
}

/** The record of the tweet at a place of a call, scored at a time. */
export function recordOf(
  tweet: Tweet,
  sentiment: Sentiment,
  call: { origin: Origin; place: number; scoredAt: Date },
) {
  const { origin, place, scoredAt } = call;
  const document: SentimentDocument = {
    "twitter.created_at": tweet.createdAt === undefined ? null : formatCreatedAt(tweet.createdAt),
    "twitter.handle": tweet.handle ?? null,
    "twitter.msg": tweet.text,
    "twitter.user": tweet.user ?? null,
    ...sentiment,
    Date: scoredAt.toUTCString(),
    ...(origin.startTime === undefined ? {} : { "X-Start-Time": origin.startTime }),
  };
  return {
    id: recordId(tweet),
    index: indexOf(tweet.createdAt ?? origin.timestamp(place) ?? scoredAt),
    document,
  } satisfies SentimentRecord;
}

/** Elasticsearch takes no longer one. */
const longestId = 512;

function recordId({ id, text, createdAt, handle, user }: Tweet): string {
  if (id !== undefined && Buffer.byteLength(id) <= longestId) return id;
  const facts = [id ?? null, text, createdAt ?? null, handle ?? null, user ?? null];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** The index of a month in UTC. */
function indexOf(time: Date): string {
  return `sentiment-${time.toISOString().slice(0, 7)}`;
}
