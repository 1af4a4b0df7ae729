import { setTimeout as pause } from "node:timers/promises";
import { NifiError, passes } from "./nifi-error.ts";

/** Something is not yet so; `what` is waited for. */
export class NotYet {
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}

/** A time for all that a command does with a flow. */
export interface Waiting {
  /**
   * Asks until the answer is no NotYet, and says now and then what it waits for. An error that passes counts as one.
   * @throws NifiError when the time is over
   */
  until<T>(ask: () => Promise<T | NotYet>): Promise<T>;
}

const interval = 500;
const firstWord = 3_000;
const laterWords = 10_000;

/** @param timeout in milliseconds, from now on */
export function startWaiting(timeout: number, say: (line: string) => void): Waiting {
  const deadline = Date.now() + timeout;
  return {
    async until(ask) {
      const begin = Date.now();
      let nextWord = begin + firstWord;
      for (;;) {
        const answer = await ask().catch((error: unknown) => {
          if (passes(error)) return new NotYet((error as Error).message);
          throw error;
        });
        if (!(answer instanceof NotYet)) return answer;
        const now = Date.now();
        if (now >= deadline) throw new NifiError(`not within ${timeout / 1_000} s: ${answer.what}`);
        if (now >= nextWord) {
          say(`waiting: ${answer.what} (${Math.round((now - begin) / 1_000)} s)`);
          nextWord = now + laterWords;
        }
        await pause(Math.min(interval, deadline - now));
      }
    },
  };
}
