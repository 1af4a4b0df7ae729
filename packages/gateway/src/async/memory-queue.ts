import type { AcceptedCall } from "./accepted-call.ts";
import type { CallQueue, RunCall } from "./call-queue.ts";
import { JobQueue } from "./job-queue.ts";
import { QueueFullError } from "./queue-errors.ts";

/** A queue in memory. It loses waiting calls when the gateway is killed. Disposal waits for all calls. */
export function createMemoryQueue(run: RunCall, { concurrency }: { concurrency: number }): CallQueue {
  const jobs = new JobQueue({ concurrency, capacity: 10_000 });
  return {
    async accept(call) {
      const bytes = callBytes(call);
      if (!jobs.hasRoom(bytes)) throw new QueueFullError();
      jobs.add(() => run(call).catch(() => undefined), bytes);
    },
    begin: () => undefined,
    length: () => jobs.size,
    [Symbol.asyncDispose]: () => jobs.idle(),
  };
}

function callBytes({ url, headers, body }: AcceptedCall): number {
  return url.length + JSON.stringify(headers).length + (body?.length ?? 0);
}
