import { transientStatuses } from "@platform/delivery/call/transient-statuses";
import { retry } from "@platform/shared/clients/retry";
import { withinTime } from "@platform/shared/clients/within-time";
import { serverAttributes } from "@platform/shared/telemetry/server-attributes";
import { injectTraceContext, inSpan, type Span } from "@platform/shared/telemetry/tracing";
import { Outages } from "./outages.ts";

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
const allTries = 20_000;
const mostTries = 8;
const backoff = { firstMs: 250, longestMs: 4_000 };
/** For how long the callbacks to a host are tried again that is out of reach or does not answer. */
const outagePatience = 15_000;

/** The receiver of a callback did not take it. */
class CallbackError extends Error {
  override readonly name = "CallbackError";
  readonly isFinal: boolean;

  constructor({ status }: { status: number }) {
    super(`the receiver of the callback answered ${status}`);
    this.isFinal = status < 500 && !transientStatuses.has(status);
  }
}

/**
 * Makes what posts a result until the receiver answers 2xx: at most eight times within 20 seconds. A redirect is not
 * followed, and a status that will not change is not tried again. Rejects with the last failure.
 */
export function createCallbackSender(signal: AbortSignal): (callback: Callback) => Promise<void> {
  const outages = new Outages(outagePatience);
  return async (callback) => {
    const { host } = callback.url;
    await withinTime(allTries, signal, (within) =>
      retry(() => post(callback, within), {
        shouldRetry(error, tries) {
          if (tries >= mostTries) return false;
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
    withinTime(oneTry, within, async (signal) => {
      const request = { method: "POST", headers: injectTraceContext(headers), body, signal };
      const response = await fetch(url, { ...request, redirect: "manual" });
      span.set({ "http.response.status_code": response.status });
      await response.body?.cancel();
      if (!response.ok) throw new CallbackError(response);
    });
  return inSpan(describe, send);
}
