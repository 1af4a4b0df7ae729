import { batchLimits, type FeedBatch, type FeedItem, type FeedObserver } from "../feed.ts";

/** The feed item of a status. */
interface StatusItem extends FeedItem {
  /** The id of the status on this server, which orders its statuses. */
  statusId: string;
  /** When it was written, in milliseconds since 1970. */
  time: number;
}

/**
 * Groups statuses, oldest first, in batches. The cursor is the id of the newest status; it never decreases. Ids are numbers
 * of any length, or texts of the same length.
 */
export function* statusBatches(
  statuses: readonly unknown[],
  start: string | undefined,
  observer: FeedObserver,
): Generator<FeedBatch> {
  let cursor = start;
  for (const items of toChunks(statuses, observer)) {
    for (const { statusId } of items)
      if (cursor === undefined || isNewer(statusId, cursor)) cursor = statusId;
    yield { items, cursor: cursor!, time: Math.max(...items.map(({ time }) => time)) };
  }
}

function* toChunks(statuses: readonly unknown[], observer: FeedObserver): Generator<StatusItem[]> {
  let items: StatusItem[] = [];
  let bytes = 0;
  for (const status of statuses) {
    const item = toStatusItem(status);
    const size = Buffer.byteLength(item?.value ?? "");
    if (item === undefined || size > batchLimits.bytes) {
      observer.skipped(item === undefined ? "malformed" : "too_large");
      continue;
    }
    if (bytes + size > batchLimits.bytes || items.length >= batchLimits.items) {
      yield items;
      items = [];
      bytes = 0;
    }
    items.push(item);
    bytes += size;
  }
  if (items.length > 0) yield items;
}

function toStatusItem(status: unknown): StatusItem | undefined {
  if (typeof status !== "object" || status === null) return undefined;
  const { id, uri, url, edited_at, created_at, content } = status as Record<string, unknown>;
  if (typeof id !== "string" || typeof content !== "string") return undefined;
  const key = [uri, url].find((text) => typeof text === "string") ?? id;
  const time = Date.parse(String(edited_at ?? created_at));
  return {
    id: `${key} ${edited_at ?? ""}`,
    key: String(key),
    value: JSON.stringify(status),
    statusId: id,
    time: Number.isNaN(time) ? Date.now() : time,
  };
}

function isNewer(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}
