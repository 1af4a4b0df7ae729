import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds within which a signal arrives here after a child has got it. */
const signalDelay = 100;

/**
 * Aborts, with the signal's name, once this process gets one. Later signals change nothing: npm and a terminal both
 * send them.
 *
 * @param {readonly NodeJS.Signals[]} names
 */
export function abortOnSignals(names) {
  const controller = new AbortController();
  for (const name of names) process.on(name, () => controller.abort(name));
  return controller.signal;
}

/**
 * Whether a failure comes from an abort. Ctrl-C reaches children as well, so that a child may be gone before this process
 * handles the signal.
 *
 * @param {AbortSignal} signal
 */
export async function failedByAbort(signal) {
  if (!signal.aborted) await pause(signalDelay);
  return signal.aborted;
}
