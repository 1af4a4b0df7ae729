import type { Message } from "../message.ts";
import { type BatchLimits, MessageBuffer } from "./message-buffer.ts";

/** Options of a partition's queue. */
export interface PartitionQueueOptions extends BatchLimits {
  /** The expected offset of the first message, if it is known. */
  startOffset?: number | undefined;
  /** Delivers messages, in order. Rejects only when the signal fires. */
  deliver(messages: readonly Message[], signal: AbortSignal): Promise<void>;
  /** Commits an offset. Retries until the signal fires, and must not reject. */
  commit(offset: number, signal: AbortSignal): Promise<void>;
  /** Called for an unexpected error of a delivery, which is a bug. The queue delivers nothing more. */
  fail(error: unknown): void;
  /** Stops fetching messages of the partition. */
  pause(): void;
  /** Fetches messages of the partition again. */
  resume(): void;
}

/** The messages of a partition that wait for delivery. */
export interface PartitionQueue {
  /** The offset after all pushed and skipped records; undefined before the first. */
  next(): number | undefined;
  /** Adds messages. `nextOffset` is the offset after them and after records such as transaction markers. */
  push(messages: readonly Message[], nextOffset?: number): void;
  /** Skips records without messages: commits an offset after the delivery of the messages before it. */
  skipTo(nextOffset: number): void;
  /** Stops. Resolves when the batch in flight has ended, and is committed if it was delivered. */
  stop(): Promise<void>;
  /** Stops without a commit, because the partition belongs to another member now. */
  drop(): Promise<void>;
}

/**
 * Creates a queue that delivers the messages of a partition in order, one batch at a time, and commits each batch before the next.
 * Messages that arrive during a call form the next batch. A delivery does not wait for a full batch.
 */
export function createPartitionQueue(options: PartitionQueueOptions): PartitionQueue {
  const { commit, deliver, fail } = options;
  const buffer = new MessageBuffer(options, options.startOffset);
  const backPressure = createBackPressure(buffer, options);
  const stopped = new AbortController();
  const dropped = new AbortController();
  let working: Promise<void> | undefined;
  let hasSkipped = false;

  async function work(): Promise<void> {
    while ((!buffer.isEmpty || hasSkipped) && !stopped.signal.aborted) {
      const batch = buffer.takeBatch();
      backPressure.release();
      try {
        if (batch.length > 0) await deliver(batch, stopped.signal);
      } catch (error) {
        if (!stopped.signal.aborted) fail(error);
        return;
      }
      const offset = buffer.isEmpty ? buffer.nextOffset! : batch.at(-1)!.offset + 1;
      if (buffer.isEmpty) hasSkipped = false;
      if (!dropped.signal.aborted) await commit(offset, stopped.signal);
    }
    working = undefined;
  }

  async function stop(): Promise<void> {
    stopped.abort();
    await working;
  }

  return {
    next: () => buffer.nextOffset,
    push(messages, nextOffset) {
      if (stopped.signal.aborted) return;
      buffer.push(messages, nextOffset);
      backPressure.apply();
      working ??= work();
    },
    skipTo(nextOffset) {
      if (stopped.signal.aborted) return;
      buffer.skipTo(nextOffset);
      hasSkipped = true;
      working ??= work();
    },
    stop,
    drop() {
      dropped.abort();
      return stop();
    },
  };
}

/** Pauses the partition while the buffer is full. */
function createBackPressure(
  buffer: MessageBuffer,
  { pause, resume }: Pick<PartitionQueueOptions, "pause" | "resume">,
) {
  let paused = false;
  return {
    apply() {
      if (paused || !buffer.isFull) return;
      paused = true;
      pause();
    },
    release() {
      if (!paused || buffer.isFull) return;
      paused = false;
      resume();
    },
  };
}
