import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";

/** What is done again and again until it is stopped. */
export interface Freshness {
  /** Has it not done again; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** Does something now, and again `every` so many milliseconds after its end. A failure is a warning in the log. */
export function keepFresh(refresh: () => Promise<void>, every: number, log: Logger): Freshness {
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
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
