import type { CallQueue } from "./call-queue.ts";
import { QueueNotConfiguredError } from "./queue-errors.ts";

/** The queue of a gateway that has nowhere to store calls: it refuses them. */
export function createClosedQueue(): CallQueue {
  return {
    accept: () => Promise.reject(new QueueNotConfiguredError()),
    begin: () => undefined,
    length: () => 0,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
