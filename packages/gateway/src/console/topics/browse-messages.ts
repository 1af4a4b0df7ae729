import { fetchRecords } from "@platform/shared/kafka/fetch-records";
import type { FetchedMessage } from "@platform/shared/kafka/open-cluster";
import { type BrowseQuery, encodeCursor } from "./browse-query.ts";
import { toMessageView, toTime } from "./message-view.ts";
import {
  type PartitionWalk,
  toWindowBytes,
  type WalkedRecord,
  type WalkRange,
  walkBackwards,
  walkForwards,
} from "./partition-walk.ts";
import { findOffsetsByTime, type PartitionEnds, readEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import { PartitionNotFoundError } from "./topics-errors.ts";
import type { MessagesView, MessageView } from "./view.ts";

/** Maximum bytes of each key, value and header in a list. */
const shownBytes = 2_000;
/** The limits of a page: time in milliseconds, and bytes of read messages. */
const timeLimit = 800;
const byteLimit = 16_000_000;
/** The sizes of a fetch: a search uses most messages of a fetch, a page only a few. */
const fetchBytes = { search: 600_000, page: 256_000 };

/**
 * Reads a page of a topic's messages. Messages of several partitions are merged by time; those of one partition keep
 * their order.
 * @throws TopicNotFoundError, PartitionNotFoundError, the signal's reason, and errors of kafkajs
 */
export async function browseMessages(
  connection: TopicsConnection,
  topic: string,
  query: BrowseQuery,
  signal: AbortSignal,
): Promise<MessagesView> {
  const { contains, limit } = query;
  const isBackwards = query.from === "newest";
  const ranges = await computeRanges(connection, topic, query);
  let bytes = 0;
  const windowBytes = toWindowBytes(ranges.length);
  const maxBytes = Math.min(windowBytes, contains === undefined ? fetchBytes.page : fetchBytes.search);
  const read = async (partition: number, offset: number) => {
    signal.throwIfAborted();
    const position = { topic, partition, offset };
    const records = await fetchRecords(connection.cluster, position, { maxWaitMs: 0, maxBytes });
    for (const { key, value } of records.messages) bytes += (key?.length ?? 0) + (value?.length ?? 0);
    return records;
  };
  const deadline = Date.now() + timeLimit;
  const options = { windowBytes, isSearch: contains !== undefined, isOver: () => Date.now() >= deadline };
  const walks = ranges.map((range) =>
    isBackwards ? walkBackwards(read, range, options) : walkForwards(read, range),
  );
  const messages: MessageView[] = [];
  let count = 0;
  for await (const record of merge(walks, isBackwards)) {
    count += 1;
    if (contains === undefined || includesText(record.message, contains)) messages.push(toView(record));
    if (messages.length >= limit) break;
    if (Date.now() >= deadline || bytes >= byteLimit) break;
  }
  const isAtEnd = walks.every(({ position }, index) => {
    const { start, end } = ranges[index]!;
    return isBackwards ? position <= start : position >= end;
  });
  return {
    messages,
    cursor: isAtEnd ? null : encodeCursor(walks.map(({ partition, position }) => [partition, position])),
    isCutShort: messages.length < limit && !isAtEnd,
    read: count,
  };
}

/** Computes the range of each selected partition. */
async function computeRanges(
  connection: TopicsConnection,
  topic: string,
  query: BrowseQuery,
): Promise<WalkRange[]> {
  const { cursor, from, offset, partition, time } = query;
  const all = await readEnds(connection, topic);
  const selected = partition === undefined ? all : all.filter((ends) => ends.partition === partition);
  if (partition !== undefined && selected.length === 0)
    throw new PartitionNotFoundError({ topic, partition, count: all.length });
  const within = (ends: PartitionEnds, wanted: number) => Math.min(Math.max(wanted, ends.start), ends.end);
  if (from === "newest")
    return selected.map((ends) => ({ ...ends, end: within(ends, cursor?.get(ends.partition) ?? ends.end) }));
  const atTime =
    from === "time" && cursor === undefined
      ? await findOffsetsByTime(connection, topic, time, selected)
      : new Map<number, number>();
  return selected.map((ends) => {
    const first = from === "oldest" ? ends.start : from === "offset" ? offset : ends.end;
    const start = cursor?.get(ends.partition) ?? atTime.get(ends.partition) ?? first;
    return { ...ends, start: within(ends, start) };
  });
}

/** Merges the records of all walks by time. */
async function* merge(walks: readonly PartitionWalk[], isBackwards: boolean): AsyncGenerator<WalkedRecord> {
  const heads = await Promise.all(walks.map((walk) => walk.peek()));
  for (;;) {
    let chosen = -1;
    for (const [index, head] of heads.entries()) {
      if (head === undefined) continue;
      const best = heads[chosen];
      const isNext =
        best === undefined ||
        (isBackwards ? head.timestamp > best.timestamp : head.timestamp < best.timestamp);
      if (isNext) chosen = index;
    }
    const record = heads[chosen];
    if (record === undefined) return;
    walks[chosen]!.take();
    yield record;
    heads[chosen] = await walks[chosen]!.peek();
  }
}

function toView({ partition, offset, timestamp, message, problem }: WalkedRecord): MessageView {
  if (message !== undefined) return toMessageView(partition, message, shownBytes);
  return {
    partition,
    offset,
    time: toTime(timestamp),
    ...(problem === undefined ? {} : { problem }),
    key: null,
    value: null,
    headers: [],
  };
}

function includesText(message: FetchedMessage | undefined, text: string): boolean {
  if (message === undefined) return true;
  return (message.value?.includes(text) ?? false) || (message.key?.includes(text) ?? false);
}
