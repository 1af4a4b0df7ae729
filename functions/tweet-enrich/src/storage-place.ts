import { createHash } from "node:crypto";
import type { Tweet } from "./tweet.ts";

/** Where a tweet's document is stored. */
export interface StoragePlace {
  /** The same for the same tweet each time that it arrives: the `_id` in the index, the key in Kafka. */
  id: string;
  /** `sentiment-yyyy-MM`. */
  index: string;
  /** External version of the document; null: the first one that is stored stays. */
  version: number | null;
}

/** @param received when the tweet arrived, for a tweet without a date */
export function placeOf(tweet: Tweet, received: Date): StoragePlace {
  return {
    id: recordId(tweet),
    index: indexOf(tweet.createdAt ?? received),
    version: tweet.version ?? null,
  };
}

/** Elasticsearch refuses longer ids. */
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
