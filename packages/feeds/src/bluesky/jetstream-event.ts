import type { FeedItem } from "../feed.ts";

/** The collection of posts. */
export const postCollection = "app.bsky.feed.post";

/** An event of Jetstream. */
export interface JetstreamEvent {
  /** Jetstream's time of the event, in microseconds since 1970: the cursor. */
  timeUs: number;
  /** The created, changed or deleted post; absent in account events. */
  post?: FeedItem & {
    /** Undefined for a deletion. */
    text: string | undefined;
  };
}

interface RawEvent {
  did?: unknown;
  time_us?: unknown;
  kind?: unknown;
  commit?: {
    rev?: unknown;
    operation?: unknown;
    collection?: unknown;
    rkey?: unknown;
    record?: { text?: unknown };
  };
}

/** Parses a message; returns undefined when it is not an event with a time. */
export function readJetstreamEvent(message: string): JetstreamEvent | undefined {
  const event = parseObject(message) as RawEvent | undefined;
  const timeUs = event?.time_us;
  if (event === undefined || typeof timeUs !== "number" || !Number.isSafeInteger(timeUs)) return undefined;
  const { commit, did } = event;
  if (event.kind !== "commit" || commit?.collection !== postCollection) return { timeUs };
  const { operation, record, rev, rkey } = commit;
  const key = `at://${did}/${postCollection}/${rkey}`;
  const text = typeof record?.text === "string" ? record.text : undefined;
  return { timeUs, post: { id: `${key} ${operation} ${rev}`, key, value: message, text } };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
