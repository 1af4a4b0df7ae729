import { timestampSteps } from "./call-of-messages.ts";
import type { Message } from "./message.ts";

/** What the queue of a partition works with. */
export interface PartitionQueueOptions {
  /** Delivers messages, in order; rejects only when the signal fires. */
  deliver(messages: readonly Message[], signal: AbortSignal): Promise<void>;
  /** Notes that everything before an offset is delivered: tries until it is noted or the signal fires; must not reject. */
  commit(offset: number, signal: AbortSignal): Promise<void>;
  /** A bug: a batch could not be delivered, and so nothing more is. */
  fail(error: unknown): void;
  /** Stops the messages from coming for a while, and lets them come again. */
  pause(): void;
  resume(): void;
  /** The most messages, and the most bytes of them, that are delivered at once. */
  batchSize: number;
  batchBytes: number;
}

/** The messages of a partition that wait for their delivery. */
export interface PartitionQueue {
  /** The offset after the last message that was taken; undefined before the first. */
  next(): number | undefined;
  push(messages: readonly Message[]): void;
  /** Delivers nothing more; resolves when what is being delivered has its end, and is committed if it went well. */
  stop(): Promise<void>;
  /** The same without a commit: the partition is somebody else's now. */
  drop(): Promise<void>;
}

/** So much may wait before the partition is paused: enough for the next call to be there when one ends. */
const waitingBatches = 2;

/** The header with the timestamps: Node.js refuses a call with more than 16 kB of headers. */
const longestTimestamps = 8_000;

/**
 * Delivers the messages of a partition in order, one batch after the other, each committed before the next. What has
 * come meanwhile is the next batch: nothing waits for a batch to be full.
 */
export function createPartitionQueue(options: PartitionQueueOptions): PartitionQueue {
  const { batchBytes, batchSize, commit, deliver, fail, pause, resume } = options;
  const over = new AbortController();
  const waiting: Message[] = [];
  let bytes = 0;
  let next: number | undefined;
  let paused = false;
  let dropped = false;
  let working = Promise.resolve();
  let idle = true;

  function take(): Message[] {
    let size = 0;
    let timestamps = 0;
    let count = 0;
    for (const step of timestampSteps(waiting)) {
      const { length } = waiting[count]!.value;
      timestamps += `${step},`.length;
      if (count > 0 && (size + length > batchBytes || timestamps > longestTimestamps)) break;
      size += length;
      count += 1;
      if (count === batchSize) break;
    }
    bytes -= size;
    return waiting.splice(0, count);
  }

  const isFull = () => waiting.length >= batchSize * waitingBatches || bytes >= batchBytes * waitingBatches;

  async function work(): Promise<void> {
    while (waiting.length > 0 && !over.signal.aborted) {
      const batch = take();
      if (paused && !isFull()) {
        paused = false;
        resume();
      }
      try {
        await deliver(batch, over.signal);
      } catch (error) {
        if (!over.signal.aborted) fail(error);
        return;
      }
      if (!dropped) await commit(batch.at(-1)!.offset + 1, over.signal);
    }
    idle = true;
  }

  return {
    next: () => next,
    push(messages) {
      if (over.signal.aborted) return;
      for (const message of messages) {
        next = message.offset + 1;
        bytes += message.value.length;
        waiting.push(message);
      }
      if (!paused && isFull()) {
        paused = true;
        pause();
      }
      if (!idle) return;
      idle = false;
      working = work();
    },
    stop() {
      over.abort();
      return working;
    },
    drop() {
      dropped = true;
      over.abort();
      return working;
    },
  };
}
