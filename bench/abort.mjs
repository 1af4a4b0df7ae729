import { setTimeout as pause } from "node:timers/promises";

/** Maximum delay of a signal in this process after a child has received it, in milliseconds. */
const signalDelayMs = 100;

/**
 * Returns a signal that aborts with the name of the first process signal. Ignores later signals, because npm and the terminal
 * both send them.
 *
 * @param {readonly NodeJS.Signals[]} names
 */
export function abortOnSignals(names) {
  const controller = new AbortController();
  for (const name of names) process.on(name, () => controller.abort(name));
  return controller.signal;
}

/**
 * Whether an abort caused a failure. Ctrl-C also reaches children, so a child may exit before this process handles the
 * signal.
 *
 * @param {AbortSignal} signal
 */
export async function failedByAbort(signal) {
  if (!signal.aborted) await pause(signalDelayMs);
  return signal.aborted;
}
