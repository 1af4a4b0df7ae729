import { createHash } from "node:crypto";
import { isPlausible } from "./plausible-span.ts";
import type { Tweet } from "./tweet.ts";

/** Where a tweet's document is stored. */
export interface StoragePlace {
  /** The same for the same tweet each time that it arrives: the `_id` in the index, the key in Kafka. */
  id: string;
  /** `sentiment-yyyy-MM`, or `sentiment-undated` for an implausible date. */
  index: string;
  /** External version of the document; null: the first one that is stored stays. */
  version: number | null;
}

/** When a tweet arrived and when it is stored. */
export interface Arrival {
  /** Kafka's time of the message, where the call has it. */
  received: Date | undefined;
  now: Date;
}

export function placeOf(tweet: Tweet, arrival: Arrival): StoragePlace {
  return {
    id: recordId(tweet),
    index: indexOf(tweet.createdAt, arrival),
    // Elasticsearch refuses versions below 0, and with them the whole request.
    version: tweet.version === undefined ? null : Math.max(0, tweet.version),
  };
}

/** Elasticsearch refuses longer ids. */
const longestId = 512;

function recordId({ id, text, createdAt, handle, user }: Tweet): string {
  if (id !== undefined && isStorable(id)) return id;
  const facts = [id ?? null, text, createdAt ?? null, handle ?? null, user ?? null];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** Whether an id stays itself in UTF-8, which a lone surrogate does not, and fits. */
function isStorable(id: string): boolean {
  const bytes = Buffer.from(id);
  return bytes.length > 0 && bytes.length <= longestId && bytes.toString() === id;
}

/**
 * The index of a month in UTC, or the one index for dates outside the plausible span: authors and producers may write any
 * date, and must not make an index with each. It depends on when the tweet was received, so a repetition changes nothing.
 */
function indexOf(createdAt: Date | undefined, { received, now }: Arrival): string {
  const time = createdAt ?? received ?? now;
  if (!isPlausible(time, received ?? now) || !isPlausible(time, now)) return "sentiment-undated";
  return `sentiment-${time.toISOString().slice(0, 7)}`;
}
