import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";

/** Periodic work. Disposing of it waits for the work in progress, and starts no more. */
type PeriodicWork = AsyncDisposable;

/** Runs `refresh` now, and again `intervalMs` after each end. A failure is a warning in the log. */
export function refreshPeriodically(
  refresh: () => Promise<void>,
  intervalMs: number,
  log: Logger,
): PeriodicWork {
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  async function run(): Promise<void> {
    try {
      await refresh();
    } catch (error) {
      log.warn({ error: describeError(error) }, "refresh_failed");
    }
    if (!stopping) timer = setTimeout(() => (running = run()), intervalMs);
  }
  let running = run();
  return {
    async [Symbol.asyncDispose]() {
      stopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
