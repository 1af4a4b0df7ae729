import { createHash } from "node:crypto";
import { isPlausible } from "./plausible-span.ts";
import type { Tweet } from "./tweet.ts";

/** The storage location of a tweet's document. */
export interface StorageLocation {
  /** A stable id of the tweet: the `_id` in the index, the key in Kafka. */
  id: string;
  /** `sentiment-yyyy-MM`, or `sentiment-undated` for an implausible date. */
  index: string;
  /** External version of the document; null means that the first stored document stays. */
  version: number | null;
}

/** When a tweet arrived and when it is stored. */
export interface Arrival {
  /** Kafka's timestamp of the message; undefined for other callers. */
  received: Date | undefined;
  now: Date;
}

export function toStorageLocation(tweet: Tweet, arrival: Arrival): StorageLocation {
  return {
    id: recordId(tweet),
    index: toIndex(tweet.createdAt, arrival),
    // Elasticsearch refuses a whole request for one negative version.
    version: tweet.version === undefined ? null : Math.max(0, tweet.version),
  };
}

/** Elasticsearch's limit, in bytes. */
const maxIdBytes = 512;

function recordId({ id, text, createdAt, handle, user }: Tweet): string {
  if (id !== undefined && isStorable(id)) return id;
  const facts = [id ?? null, text, createdAt ?? null, handle ?? null, user ?? null];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** Whether an id survives UTF-8 encoding (a lone surrogate does not) and is short enough. */
function isStorable(id: string): boolean {
  const bytes = Buffer.from(id);
  return bytes.length > 0 && bytes.length <= maxIdBytes && bytes.toString() === id;
}

/**
 * Returns the index of a month in UTC, or `sentiment-undated` for an implausible date, because authors and producers can
 * write any date and must not create an index with each. Depends on the time of receipt, so a repetition changes nothing.
 */
function toIndex(createdAt: Date | undefined, { received, now }: Arrival): string {
  const time = createdAt ?? received ?? now;
  if (!isPlausible(time, received ?? now) || !isPlausible(time, now)) return "sentiment-undated";
  return `sentiment-${time.toISOString().slice(0, 7)}`;
}
