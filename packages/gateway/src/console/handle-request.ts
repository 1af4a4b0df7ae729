import type { Response } from "express";

/**
 * Runs the work of a request. The signal aborts when the caller hangs up; later failures are ignored. A failure after the head of
 * the response breaks the connection, so that the caller does not mistake an incomplete response for a complete one.
 */
export function handle(
  response: Response,
  next: (error?: unknown) => void,
  work: (signal: AbortSignal) => Promise<void>,
): void {
  const signal = createDisconnectSignal(response);
  work(signal).catch((error: unknown) => {
    if (signal.aborted) return;
    if (response.headersSent) response.destroy();
    else next(error);
  });
}

function createDisconnectSignal(response: Response): AbortSignal {
  const hangUp = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) hangUp.abort(new DOMException("The caller hung up.", "AbortError"));
  });
  return hangUp.signal;
}
