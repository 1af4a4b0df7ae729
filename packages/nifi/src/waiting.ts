import { setTimeout as pause } from "node:timers/promises";
import { isTransient, NifiError } from "./nifi-error.ts";

/** Signals that a condition does not hold yet; `description` says which. */
export class Pending {
  readonly description: string;

  constructor(description: string) {
    this.description = description;
  }
}

/** Polls conditions within one time limit for a whole command. */
export interface Waiting {
  /**
   * Polls until the answer is not Pending, and prints the awaited condition from time to time. A transient error counts as
   * Pending.
   * @throws NifiError at the time limit
   */
  until<T>(ask: () => Promise<T | Pending>): Promise<T>;
}

const pollMs = 500;
const firstMessageMs = 3_000;
const nextMessagesMs = 10_000;

/** Starts the time limit. @param timeout in milliseconds */
export function startWaiting(timeout: number, say: (line: string) => void): Waiting {
  const deadline = Date.now() + timeout;
  return {
    async until(ask) {
      const begin = Date.now();
      let nextMessage = begin + firstMessageMs;
      for (;;) {
        const answer = await ask().catch((error: unknown) => {
          if (isTransient(error)) return new Pending((error as Error).message);
          throw error;
        });
        if (!(answer instanceof Pending)) return answer;
        const now = Date.now();
        if (now >= deadline) throw new NifiError(`not within ${timeout / 1_000} s: ${answer.description}`);
        if (now >= nextMessage) {
          say(`waiting: ${answer.description} (${Math.round((now - begin) / 1_000)} s)`);
          nextMessage = now + nextMessagesMs;
        }
        await pause(Math.min(pollMs, deadline - now));
      }
    },
  };
}
