import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/** What to do about a SIGTERM. */
export interface DrainOptions {
  /** How long no call may have been in flight before the process ends, in milliseconds. */
  quiet(): number;
  /** Closes what the function has opened; called once, after the last call. */
  close(): Promise<void>;
}

/** The platform kills what is still there after its write_timeout (15 s in the template). */
const patience = 14_000;
const beat = 50;
const channel = "http.server.request.start";

/** The handlers of this process: one under the template, many in a test. */
const handlers = new Set<DrainOptions>();
let inFlight = 0;
let lastEnd = 0;

/**
 * Lets calls in flight finish before a SIGTERM ends the process. The template has no hook for that, so the
 * calls are counted where Node.js tells of them, from their first byte to the end of the answer. Calls that
 * still come are served: the watchdog goes on sending them until the platform has noticed.
 */
export function drainOnSigterm(options: DrainOptions): void {
  if (handlers.size === 0) {
    subscribe(channel, countCall);
    process.once("SIGTERM", drain);
  }
  handlers.add(options);
}

/** Forgets all handlers. Test files share a process, and Node.js would count for each of them until its end. */
export function cancelDrain(): void {
  unsubscribe(channel, countCall);
  process.removeListener("SIGTERM", drain);
  handlers.clear();
}

function countCall(message: unknown): void {
  const { response } = message as { response: ServerResponse };
  inFlight += 1;
  response.once("close", () => {
    inFlight -= 1;
    lastEnd = Date.now();
  });
}

function drain(): void {
  const asked = Date.now();
  const timer = setInterval(async () => {
    const now = Date.now();
    const quiet = Math.max(...[...handlers].map((handler) => handler.quiet()));
    const idle = inFlight === 0 && now - Math.max(lastEnd, asked) >= quiet;
    if (!idle && now - asked < patience) return;
    clearInterval(timer);
    await Promise.all([...handlers].map((handler) => handler.close()));
    process.exit(0);
  }, beat);
}
