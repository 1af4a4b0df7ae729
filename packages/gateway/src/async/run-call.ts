import { buffer } from "node:stream/consumers";
import { retry } from "@platform/shared/clients/retry";
import { describeError } from "@platform/shared/errors/describe-error";
import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Logger } from "@platform/shared/log/logger";
import { inSpan, readTraceContext, type SpanDescription } from "@platform/shared/telemetry/tracing";
import { secondsSince } from "../http/call-headers.ts";
import { callbackUrl } from "../http/callback-url.ts";
import {
  FunctionAtZeroError,
  FunctionDownError,
  FunctionNotFoundError,
  TooManyCallsError,
  TooManyWaitingError,
} from "../http/errors.ts";
import { callableFunction, type FunctionRouteOptions, invoke } from "../http/function-route.ts";
import type { AcceptedCall } from "./accepted-call.ts";
import type { RunCall } from "./call-queue.ts";
import { Outages } from "./outages.ts";
import { type CallbackOutcome, createCallbackSender } from "./send-callback.ts";

/** Options of createCallRunner. */
export interface CallRunnerOptions extends FunctionRouteOptions {
  /** Hosts besides loopback that callbacks may address. */
  callbackHosts: readonly string[];
  /** Called with the outcome of each callback. */
  callbackEnded(outcome: CallbackOutcome): void;
  /** Observes each call. */
  observer?: CallObserver;
  /** Called when a call waits because its function has max-inflight calls; returns a function that ends the wait. */
  beginInflightWait(name: string): () => void;
  log: Logger;
  /** Aborts when a shutdown abandons unfinished calls: they are not reported, and stay stored. */
  signal: AbortSignal;
}

/** Observes accepted calls. */
export interface CallObserver {
  began(call: AcceptedCall): void;
  ended(call: AcceptedCall, result: CallResult): void;
  callbackEnded(call: AcceptedCall, outcome: CallbackOutcome): void;
}

/** The answer of a function, or the status of a failed call. */
export interface CallResult {
  status: number;
  type: string;
  body: Buffer;
  /** The error message for the user, when the call failed. */
  failure?: string;
}

/** The retry time of calls of a missing or unready function, which may just be replaced. */
const outageRetryMs = 10_000;
const backoff = { firstMs: 200, longestMs: 2_000 };
const unreachableErrors = [
  FunctionDownError,
  FunctionNotFoundError,
  FunctionAtZeroError,
  TooManyWaitingError,
];

/** Creates the runner of accepted calls. It posts the function's answer, or the status of the failure, to the callback URL. */
export function createCallRunner(options: CallRunnerOptions): RunCall {
  const { callbackHosts, callbackEnded, observer, log, signal } = options;
  const outages = new Outages(outageRetryMs);
  const sendCallback = createCallbackSender(signal);

  async function readResult(call: AcceptedCall): Promise<CallResult> {
    const { name } = call;
    let start = 0;
    let endWait: (() => void) | undefined;
    const tryCall = () => {
      start = performance.now();
      endWait?.();
      endWait = undefined;
      return callFunction(options, call, outages.isLasting(name) ? 0 : undefined);
    };
    try {
      const answer = await retry(tryCall, {
        shouldRetry: (error) =>
          error instanceof TooManyCallsError ||
          (isUnreachable(error) && outages.note(name, performance.now(), start)),
        backoff,
        signal,
        onRetry(error) {
          if (error instanceof TooManyCallsError) endWait = options.beginInflightWait(name);
        },
      });
      outages.end(name);
      return answer;
    } catch (error) {
      endWait?.(); // on shutdown
      const isExpected = error instanceof PlatformError;
      const failure = isExpected ? error.message : "The call failed; the gateway's log says why.";
      const status = isExpected ? error.status : 502;
      log.warn({ function: name, call_id: call.callId, error: describeError(error) }, "async_call_failed");
      return { status, type: "text/plain", body: Buffer.alloc(0), failure };
    }
  }

  async function report(
    call: AcceptedCall,
    { status, type, body }: CallResult,
    start: number,
  ): Promise<void> {
    const { name, callId } = call;
    const headers = {
      "content-type": type,
      "x-call-id": callId,
      "x-duration-seconds": secondsSince(start),
      "x-function-name": name,
      "x-function-status": String(status),
    };
    try {
      // The setting may have changed since the call was accepted, and other programs may write to the topic.
      const url = callbackUrl(call.callbackUrl, callbackHosts);
      if (url !== undefined) await sendCallback({ url, headers, body });
      callbackEnded("delivered");
      observer?.callbackEnded(call, "delivered");
    } catch (error) {
      signal.throwIfAborted();
      callbackEnded("given_up");
      observer?.callbackEnded(call, "given_up");
      const host = URL.canParse(call.callbackUrl ?? "") ? new URL(call.callbackUrl!).host : undefined;
      log.warn({ function: name, call_id: callId, host, error: describeError(error) }, "callback_given_up");
    }
  }

  async function run(call: AcceptedCall): Promise<void> {
    const start = performance.now();
    observer?.began(call);
    const result = await readResult(call);
    signal.throwIfAborted();
    observer?.ended(call, result);
    if (call.callbackUrl !== undefined) await report(call, result, start);
  }

  return (call) =>
    inSpan(
      () => callSpan(call),
      () => run(call),
    );
}

/** Describes the span of the call: a child of the accepted request, whose trace context is in the queued headers. */
function callSpan({ name, headers, callId }: AcceptedCall): SpanDescription {
  return {
    name: `process ${name}`,
    kind: "consumer",
    parent: readTraceContext(headers),
    attributes: { "faas.invoked_name": name, "faas.invocation_id": callId },
  };
}

async function callFunction(
  options: CallRunnerOptions,
  call: AcceptedCall,
  readyTimeoutMs: number | undefined,
): Promise<CallResult> {
  const { method, url, body, callId, startTime } = call;
  const headers = { ...call.headers, "x-call-id": callId, "x-start-time": startTime };
  const answer = await invoke(options, callableFunction(options.functions, call.name), {
    method,
    url,
    headers,
    body,
    readyTimeoutMs,
  });
  const type = answer.headers["content-type"] ?? "text/plain";
  return { status: answer.statusCode ?? 502, type, body: await buffer(answer) };
}

/** Whether the call never reached the function, so that a retry does not repeat it. */
function isUnreachable(error: unknown): boolean {
  return unreachableErrors.some((kind) => error instanceof kind);
}
