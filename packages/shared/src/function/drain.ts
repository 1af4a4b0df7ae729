import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/** Options of the graceful shutdown. */
export interface DrainOptions {
  /** The time without a call in flight after which the process exits, in milliseconds. */
  quiet(): number;
  /** Closes the function's clients. Called once, after the last call. */
  close(): Promise<void>;
}

/** The platform kills the process after its write_timeout (15 s in the template). */
const timeoutMs = 14_000;
const intervalMs = 50;
const channel = "http.server.request.start";

/** The handlers of this process: one in the template, many in a test. */
const handlers = new Set<DrainOptions>();
let inFlight = 0;
let lastEnd = 0;

/**
 * Finishes calls in flight before a SIGTERM ends the process. The template has no hook for that, so a diagnostics channel of Node.js
 * counts the calls, from their first byte to the end of the response. New calls are served too, because the watchdog sends calls
 * until the platform has noticed the shutdown.
 */
export function drainOnSigterm(options: DrainOptions): void {
  if (handlers.size === 0) {
    subscribe(channel, countCall);
    process.once("SIGTERM", drain);
  }
  handlers.add(options);
}

/** Removes all handlers. Test files share a process, so the listeners of each would stay until its end. */
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
  const signalledAt = Date.now();
  const timer = setInterval(async () => {
    const now = Date.now();
    const quiet = Math.max(...[...handlers].map((handler) => handler.quiet()));
    const idle = inFlight === 0 && now - Math.max(lastEnd, signalledAt) >= quiet;
    if (!idle && now - signalledAt < timeoutMs) return;
    clearInterval(timer);
    await Promise.all([...handlers].map((handler) => handler.close()));
    process.exit(0);
  }, intervalMs);
}
