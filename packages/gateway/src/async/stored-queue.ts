import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import type { AcceptedCall } from "./accepted-call.ts";
import type { CallQueue, RunCall } from "./call-queue.ts";
import { CallRecordError, decodeCall, encodeCall } from "./call-record.ts";
import { JobQueue } from "./job-queue.ts";
import { QueueFullError, QueueUnavailableError } from "./queue-errors.ts";

/** A durable store of records of calls. */
export interface RecordStore {
  /** Its name in messages, such as the path of a file. */
  readonly location: string;
  /** Stores a record durably. @returns its id */
  add(record: string): number;
  read(id: number): string | undefined;
  remove(id: number): void;
  /** Lists the stored records, oldest first. */
  list(): { id: number; bytes: number }[];
}

/** Options of a stored queue. */
export interface StoredQueueOptions {
  store: RecordStore;
  /** Maximum number of running calls. */
  concurrency: number;
  log: Logger;
}

/** A queue that stores each call before it is accepted, and removes it after its end. Delivery is at least once: a killed gateway loses no call, but may repeat some. */
export function createStoredQueue(run: RunCall, { store, concurrency, log }: StoredQueueOptions): CallQueue {
  const jobs = new JobQueue({ concurrency, capacity: 10_000 });
  const fromBefore = store.list();

  async function work(id: number): Promise<void> {
    try {
      const call = readCall(id);
      if (call !== undefined) await run(call);
      store.remove(id);
    } catch (error) {
      log.warn({ id, error: describeError(error) }, "async_call_kept");
    }
  }

  /** Parses a record, and drops it when it is invalid. */
  function readCall(id: number): AcceptedCall | undefined {
    const record = store.read(id);
    if (record === undefined) return undefined;
    try {
      return decodeCall(record);
    } catch (error) {
      if (!(error instanceof CallRecordError)) throw error;
      log.error({ id, error: describeError(error) }, "async_record_dropped");
      return undefined;
    }
  }

  return {
    async accept(call) {
      const record = encodeCall(call);
      if (!jobs.hasRoom(record.length)) throw new QueueFullError();
      let id: number;
      try {
        id = store.add(record);
      } catch (cause) {
        throw new QueueUnavailableError({ location: store.location, cause });
      }
      jobs.add(() => work(id), record.length);
    },
    begin() {
      for (const { id, bytes } of fromBefore.splice(0)) jobs.add(() => work(id), bytes);
    },
    length: () => jobs.size + fromBefore.length,
    [Symbol.asyncDispose]() {
      jobs.stop();
      return jobs.idle();
    },
  };
}
