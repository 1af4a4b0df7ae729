import { subscribe } from "node:diagnostics_channel";
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

/**
 * Lets calls in flight finish before a SIGTERM ends the process. The template has no hook for that, so the
 * calls are counted where Node.js tells of them, from their first byte to the end of the answer. Calls that
 * still come are served: the watchdog goes on sending them until the platform has noticed.
 */
export function drainOnSigterm({ quiet, close }: DrainOptions): void {
  let inFlight = 0;
  let lastEnd = 0;
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    inFlight += 1;
    response.once("close", () => {
      inFlight -= 1;
      lastEnd = Date.now();
    });
  });

  process.once("SIGTERM", () => {
    const asked = Date.now();
    const timer = setInterval(async () => {
      const now = Date.now();
      const idle = inFlight === 0 && now - Math.max(lastEnd, asked) >= quiet();
      if (!idle && now - asked < patience) return;
      clearInterval(timer);
      await close();
      process.exit(0);
    }, beat);
  });
}
