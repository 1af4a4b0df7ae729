/**
 * Does work with a signal that fires after so many milliseconds, or when the given one does. Node.js 20 may collect the
 * signals of AbortSignal.any and AbortSignal.timeout before they fire, so a receiver that hangs would hang for ever.
 */
export async function withinTime<T>(
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
