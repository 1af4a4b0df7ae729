import type { FeedItem } from "../feed.ts";

/** The collection of posts. */
export const postCollection = "app.bsky.feed.post";

/** What an event of Jetstream tells. */
export interface JetstreamEvent {
  /** When Jetstream took it, in microseconds since 1970: the cursor. */
  timeUs: number;
  /** The post that was created, changed or deleted. Accounts' events have none. */
  post?: FeedItem & {
    /** Undefined where the post is deleted. */
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

/** Reads a message; undefined where it is no event with a time. */
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
