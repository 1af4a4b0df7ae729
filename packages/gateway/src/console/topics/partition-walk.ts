import type { FetchedRecords } from "@platform/shared/kafka/fetch-records";
import type { FetchedMessage } from "@platform/shared/kafka/open-cluster";

/** A message, or the start of an unreadable batch. */
export interface WalkedRecord {
  partition: number;
  offset: number;
  /** The sort key for merging partitions by time. */
  timestamp: number;
  message?: FetchedMessage;
  problem?: string;
}

/** Reads the records of a partition from an offset on. */
export type ReadRecords = (partition: number, offset: number) => Promise<FetchedRecords>;

/** The range of a walk; `end` is exclusive. */
export interface WalkRange {
  partition: number;
  start: number;
  end: number;
}

/** Walks through a partition forwards or backwards, and reads lazily. */
export interface PartitionWalk {
  readonly partition: number;
  /** Returns the next record; undefined at the end and at the time limit. */
  peek(): Promise<WalkedRecord | undefined>;
  /** Consumes the record of peek(). */
  take(): void;
  /** The position to continue from: the start of a forward walk, the exclusive end of a backward walk. */
  readonly position: number;
}

/** The memory for read-ahead messages, shared by all walks of a request. */
const sharedBytes = 16_000_000;
/** The minimum per walk: a topic may have a thousand partitions, each with a window in memory. */
const minWindowBytes = 50_000;

/** Returns the memory of each walk, in bytes. */
export function toWindowBytes(walks: number): number {
  return Math.max(minWindowBytes, Math.floor(sharedBytes / Math.max(1, walks)));
}

/** Walks through records by ascending offset. */
export function walkForwards(read: ReadRecords, { partition, start, end }: WalkRange): PartitionWalk {
  let waiting: WalkedRecord[] = [];
  let next = start;
  let position = start;
  return {
    partition,
    async peek() {
      while (waiting.length === 0 && next < end) {
        const fetched = await read(partition, next);
        waiting = toWalked(partition, fetched).filter(({ offset }) => offset < end);
        // Without progress, the remaining records belong to an open transaction.
        next = fetched.next > next ? fetched.next : end;
        if (waiting.length === 0) position = Math.min(next, end);
      }
      return waiting[0];
    },
    take() {
      waiting.shift();
      position = waiting[0]?.offset ?? Math.min(next, end);
    },
    get position() {
      return position;
    },
  };
}

const shortWindow = 32;
const longestWindow = 4_096;

/** Options of walkBackwards. */
interface WindowOptions {
  /** The memory of a window. Older records above it are read again with the next window. */
  windowBytes?: number;
  /** Whether the caller reads most records; then the first window is long. */
  isSearch?: boolean;
  /** Whether the time limit has passed. `peek` then stops between two windows; a compacted partition may have millions of empty offsets. */
  isOver?: () => boolean;
}

/** Walks through records by descending offset. It reads windows of growing length, because offsets may be empty. */
export function walkBackwards(
  read: ReadRecords,
  { partition, start, end }: WalkRange,
  { windowBytes = sharedBytes, isSearch = false, isOver = () => false }: WindowOptions = {},
): PartitionWalk {
  let waiting: WalkedRecord[] = [];
  let low = end;
  let position = end;
  let length = isSearch ? longestWindow : shortWindow;
  return {
    partition,
    async peek() {
      while (waiting.length === 0 && low > start) {
        const from = Math.max(start, low - length);
        waiting = await readWindow(read, { partition, start: from, end: low }, windowBytes);
        low = Math.max(start, Math.min(from, waiting[0]?.offset ?? from));
        if (sumBytes(waiting) > windowBytes) low = keepNewest(waiting, windowBytes);
        length = Math.min(length * 2, longestWindow);
        if (waiting.length > 0) break;
        position = low;
        if (isOver()) break;
      }
      return waiting.at(-1);
    },
    take() {
      position = waiting.pop()?.offset ?? position;
      if (waiting.length === 0) position = low;
    },
    get position() {
      return position;
    },
  };
}

async function readWindow(
  read: ReadRecords,
  { partition, start, end }: WalkRange,
  windowBytes: number,
): Promise<WalkedRecord[]> {
  const records: WalkedRecord[] = [];
  let next = start;
  while (next < end) {
    const fetched = await read(partition, next);
    for (const record of toWalked(partition, fetched)) if (record.offset < end) records.push(record);
    if (sumBytes(records) > 2 * windowBytes) keepNewest(records, windowBytes);
    if (fetched.next === next) break;
    next = fetched.next;
  }
  return records;
}

/** Drops the first records of an oversized window. Returns the offset of the first remaining record. */
function keepNewest(records: WalkedRecord[], windowBytes: number): number {
  let bytes = 0;
  let first = records.length - 1;
  for (; first > 0; first -= 1) {
    bytes += sumBytes([records[first]!]);
    if (bytes > windowBytes) break;
  }
  records.splice(0, first);
  return records[0]!.offset;
}

function sumBytes(records: readonly WalkedRecord[]): number {
  return records.reduce(
    (sum, { message }) => sum + (message?.key?.length ?? 0) + (message?.value?.length ?? 0),
    0,
  );
}

function toWalked(partition: number, { messages, unreadable }: FetchedRecords): WalkedRecord[] {
  const records = messages.map((message): WalkedRecord => {
    return { partition, offset: Number(message.offset), timestamp: Number(message.timestamp), message };
  });
  if (unreadable === undefined) return records;
  const { offset, reason } = unreadable;
  // The time of an unreadable batch is unknown, so it gets the time of its neighbour.
  const timestamp = records.at(-1)?.timestamp ?? 0;
  return [...records, { partition, offset, timestamp, problem: reason }];
}
