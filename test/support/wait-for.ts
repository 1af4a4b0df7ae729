import { setTimeout as pause } from "node:timers/promises";

/** Calls `poll` repeatedly until it returns neither false nor undefined. Rejects after the deadline. */
export async function waitFor<T>(
  description: string,
  poll: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<Exclude<T, false | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await poll();
    if (answer !== false && answer !== undefined) return answer as Exclude<T, false | undefined>;
    if (Date.now() > deadline) throw new Error(`${description}: not within ${timeoutMs} ms`);
    await pause(20);
  }
}

/** Whether a promise resolves, for work that is repeated until it succeeds. */
export function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Resolves at the start of the next second of the clock. */
export async function nextSecond(): Promise<void> {
  const second = () => Math.floor(Date.now() / 1000);
  const now = second();
  await waitFor("another second", () => second() > now);
}
