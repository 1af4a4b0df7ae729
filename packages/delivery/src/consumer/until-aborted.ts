/**
 * Resolves when the signal fires, or rejects when the work fails first. It leaves no listener on the signal, which outlives the work.
 */
export function untilAborted(signal: AbortSignal, work: Promise<never>): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve();
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.catch((error: unknown) => {
      signal.removeEventListener("abort", abort);
      reject(error);
    });
  });
}
