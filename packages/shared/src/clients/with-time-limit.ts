/**
 * Runs work with a signal that fires after a time limit, or together with the given signal. Node.js 20 may garbage-collect the
 * signals of AbortSignal.any and AbortSignal.timeout before they fire, and a peer that hangs would never time out.
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const end = () => limit.abort(signal.reason);
  const expire = () => limit.abort(new DOMException(`not within ${milliseconds} ms`, "TimeoutError"));
  const timer = setTimeout(expire, milliseconds);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}
