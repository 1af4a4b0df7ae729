import { setTimeout as pause } from "node:timers/promises";

const firstPause = 100;
const longestPause = 2_000;

/**
 * Tries work again, after growing pauses, while its error is one of those that pass, and until the signal fires. The
 * last error is thrown; when the signal cut a try short, that of the try before, which says more.
 */
export async function retryWhile<T>(
  passes: (error: unknown, tries: number) => boolean,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  let last: unknown;
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw last ?? error;
      if (!passes(error, tries)) throw error;
      last = error;
      const wait = Math.min(firstPause * 2 ** (tries - 1), longestPause) * (0.5 + Math.random() / 2);
      const over = await pause(wait, false, { signal }).catch(() => true);
      if (over) throw error;
    }
  }
}
