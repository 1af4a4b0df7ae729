import { transientStatuses } from "@platform/delivery/call/transient-statuses";
import { retry } from "@platform/shared/clients/retry";
import { withTimeLimit } from "@platform/shared/clients/with-time-limit";
import { serverAttributes } from "@platform/shared/telemetry/server-attributes";
import { injectTraceContext, inSpan, type Span } from "@platform/shared/telemetry/tracing";
import { Outages } from "./outages.ts";

/** A result on its way to a callback URL. */
export interface Callback {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** The outcome of a callback. */
export type CallbackOutcome = "delivered" | "given_up";

/** The timeouts of one attempt and of all attempts, in milliseconds. */
const attemptTimeoutMs = 10_000;
const totalTimeoutMs = 20_000;
const maxAttempts = 8;
const backoff = { firstMs: 250, longestMs: 4_000 };
/** The retry time of callbacks to an unreachable host. */
const outageRetryMs = 15_000;

/** The receiver refused a callback. */
class CallbackError extends Error {
  override readonly name = "CallbackError";
  readonly isFinal: boolean;

  constructor({ status }: { status: number }) {
    super(`the receiver of the callback answered with status ${status}`);
    this.isFinal = status < 500 && !transientStatuses.has(status);
  }
}

/**
 * Creates a function that posts a result until the receiver answers 2xx: at most eight times within 20 seconds.
 * It follows no redirects, and does not retry final statuses. It rejects with the last failure.
 */
export function createCallbackSender(signal: AbortSignal): (callback: Callback) => Promise<void> {
  const outages = new Outages(outageRetryMs);
  return async (callback) => {
    const { host } = callback.url;
    await withTimeLimit(totalTimeoutMs, signal, (within) =>
      retry(() => post(callback, within), {
        shouldRetry(error, attempts) {
          if (attempts >= maxAttempts) return false;
          return error instanceof CallbackError ? !error.isFinal : outages.note(host);
        },
        backoff,
        signal: within,
      }),
    );
    outages.end(host);
  };
}

function post({ url, headers, body }: Callback, within: AbortSignal): Promise<void> {
  const describe = () => ({
    name: "POST callback",
    kind: "client" as const,
    attributes: { "http.request.method": "POST", ...serverAttributes(url.host) },
  });
  const send = (span: Span) =>
    withTimeLimit(attemptTimeoutMs, within, async (signal) => {
      const request = { method: "POST", headers: injectTraceContext(headers), body, signal };
      const response = await fetch(url, { ...request, redirect: "manual" });
      span.set({ "http.response.status_code": response.status });
      await response.body?.cancel();
      if (!response.ok) throw new CallbackError(response);
    });
  return inSpan(describe, send);
}
