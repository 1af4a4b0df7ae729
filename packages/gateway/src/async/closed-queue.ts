import type { CallQueue } from "./call-queue.ts";
import { QueueNotConfiguredError } from "./queue-errors.ts";

/** Refuses all calls, because the gateway has no store for them. */
export function createClosedQueue(): CallQueue {
  return {
    accept: () => Promise.reject(new QueueNotConfiguredError()),
    begin: () => undefined,
    length: () => 0,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
