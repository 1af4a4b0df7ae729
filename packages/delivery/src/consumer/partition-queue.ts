import type { Message } from "../message.ts";
import { type BatchLimits, MessageBuffer } from "./message-buffer.ts";

/** What the queue of a partition works with. */
export interface PartitionQueueOptions extends BatchLimits {
  /** The offset that the first message is expected at, where that is known. */
  startOffset?: number | undefined;
  /** Delivers messages, in order; rejects only when the signal fires. */
  deliver(messages: readonly Message[], signal: AbortSignal): Promise<void>;
  /** Commits that everything before an offset is delivered: retries until the signal fires; must not reject. */
  commit(offset: number, signal: AbortSignal): Promise<void>;
  /** A bug: a batch could not be delivered, and so nothing more is. */
  fail(error: unknown): void;
  /** Stops fetching messages of the partition, and resumes it. */
  pause(): void;
  resume(): void;
}

/** The messages of a partition that wait for their delivery. */
export interface PartitionQueue {
  /** The offset after what was pushed and skipped; undefined before the first. */
  next(): number | undefined;
  /** Adds messages. `nextOffset` is the offset after them, and after what Kafka stores there that is no message. */
  push(messages: readonly Message[], nextOffset?: number): void;
  /** Commits an offset after the messages before it: what lies between has no messages. */
  skipTo(nextOffset: number): void;
  /** Delivers nothing more; resolves when the batch in flight has ended, and is committed if it was delivered. */
  stop(): Promise<void>;
  /** The same without a commit: the partition belongs to another member now. */
  drop(): Promise<void>;
}

/**
 * Delivers the messages of a partition in order, one batch after the other, each committed before the next. Messages that
 * arrive during a call form the next batch: nothing waits for a batch to be full.
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
