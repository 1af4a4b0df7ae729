import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";

/** Periodic work. Disposing of it starts no more of it, and waits for what is in progress. */
type PeriodicWork = AsyncDisposable;

/** Does something now, and again `every` so many milliseconds after its end. A failure is a warning in the log. */
export function keepFresh(refresh: () => Promise<void>, every: number, log: Logger): PeriodicWork {
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  async function once(): Promise<void> {
    try {
      await refresh();
    } catch (error) {
      log.warn({ error: describeError(error) }, "refresh failed, all stays as it is");
    }
    if (!stopping) timer = setTimeout(() => (running = once()), every);
  }
  let running = once();
  return {
    async [Symbol.asyncDispose]() {
      stopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
