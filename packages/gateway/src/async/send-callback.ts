import { retry } from "@platform/shared/clients/retry";

/** A result on its way to a callback URL. */
export interface Callback {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** What became of a callback. */
export type CallbackOutcome = "delivered" | "given_up";

/** How long the receiver may take for one try, and how long all tries may take, in milliseconds. */
const oneTry = 10_000;
const allTries = 30_000;
const mostTries = 5;
const backoff = { firstMs: 250, longestMs: 4_000 };

/** 4xx that may be another answer later. */
const transient = new Set([401, 403, 404, 405, 408, 425, 429]);

/** The receiver of a callback did not take it. */
class CallbackError extends Error {
  override readonly name = "CallbackError";
  readonly isFinal: boolean;

  constructor({ status }: { status: number }) {
    super(`the receiver of the callback answered ${status}`);
    this.isFinal = status < 500 && !transient.has(status);
  }
}

/**
 * Posts a result until the receiver answers 2xx: at most five times within half a minute. A redirect is not followed.
 * @throws the last failure; a status that will not change is not tried again.
 */
export function sendCallback(callback: Callback, signal: AbortSignal): Promise<void> {
  return retry(() => post(callback, signal), {
    shouldRetry: (error, tries) => tries < mostTries && !(error instanceof CallbackError && error.isFinal),
    backoff,
    signal: AbortSignal.any([signal, AbortSignal.timeout(allTries)]),
  });
}

async function post({ url, headers, body }: Callback, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers,
    body,
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(oneTry)]),
  });
  await response.body?.cancel();
  if (!response.ok) throw new CallbackError(response);
}
