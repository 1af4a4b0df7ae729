import http, { type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { parseDuration } from "@platform/shared/config/duration";
import { injectTraceContext, inSpan } from "@platform/shared/telemetry/tracing";
import { FunctionBrokenError, FunctionLateError } from "./errors.ts";
import type { FunctionAddress, FunctionTarget } from "./function-target.ts";
import { passedOn } from "./passed-on.ts";
import { parseWatchdogTimeout } from "./watchdog-timeout.ts";

/** A call on its way to a function. */
export interface FunctionCall {
  method: string;
  /** Path and query below the function's URL, as they came. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Readable | Buffer | undefined;
  /** Ends the call when the caller has gone. */
  signal?: AbortSignal;
  /** How long it waits until the function is ready, in milliseconds; overrides the function's own time. */
  patienceMs?: number | undefined;
}

const connectTimeoutMs = 2_000;
/**
 * A server closes an idle connection after five seconds at the earliest. One that was free for a second is not used again, so
 * that no call is sent on a closing connection: such a call may or may not have been processed.
 */
const keepAlive = new http.Agent({ keepAlive: true, timeout: 1_000 });

/** The connection failed: nothing of the call was sent. */
export class NotConnected {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/**
 * Sends a call to an address, in a span. Resolves when the answer begins, or with NotConnected.
 * @throws FunctionBrokenError (502), FunctionLateError (504)
 */
export function sendCall(
  target: FunctionTarget,
  address: FunctionAddress,
  call: FunctionCall,
): Promise<IncomingMessage | NotConnected> {
  const { name } = target.definition;
  const describe = () => ({
    name: `${call.method} ${name}`,
    kind: "client" as const,
    attributes: {
      "http.request.method": call.method,
      "faas.invoked_name": name,
      "server.address": address.host,
      "server.port": address.port,
    },
  });
  return inSpan(describe, async (span) => {
    const answer = await send(target, address, { ...call, headers: injectTraceContext(call.headers) });
    const status = answer instanceof NotConnected ? undefined : answer.statusCode;
    if (answer instanceof NotConnected) span.fail(answer.cause);
    span.set({ "http.response.status_code": status });
    if (status !== undefined && status >= 400) span.fail(String(status));
    return answer;
  });
}

function send(
  target: FunctionTarget,
  address: FunctionAddress,
  call: FunctionCall,
): Promise<IncomingMessage | NotConnected> {
  const { name } = target.definition;
  const callEnded = target.callStarted?.(address);
  const end = new AbortController();
  const abort = () => end.abort();
  let isSent = false;
  let isLate = false;
  let isAnswered = false;
  // Not AbortSignal.timeout: who listens to that keeps it, and all that it knows of the call, until the time is over.
  let timer = setTimeout(abort, connectTimeoutMs);
  const ended = () => {
    clearTimeout(timer);
    call.signal?.removeEventListener("abort", abort);
    callEnded?.();
  };
  if (call.signal?.aborted) abort();
  call.signal?.addEventListener("abort", abort, { once: true });

  return new Promise((resolve, reject) => {
    const request = requestTo(target, address, call, end.signal, ended);
    const send = () => {
      isSent = true;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          isLate = true;
          end.abort();
        },
        execTimeout(target, call.headers["x-timeout"]),
      );
      target.connected?.(address);
      if (call.body === undefined || Buffer.isBuffer(call.body)) request.end(call.body);
      else call.body.pipe(request);
    };
    request.once("socket", (socket) => {
      if (socket.connecting) socket.once("connect", send);
      else send();
    });
    const fail = (reason: string) => reject(new FunctionBrokenError({ name, cause: new Error(reason) }));
    request.once("response", (response) => {
      isAnswered = true;
      const { statusCode = 0 } = response;
      if (statusCode < 200) {
        fail(`it answered with the status ${statusCode}`);
        request.destroy();
        return;
      }
      target.invocations += 1;
      resolve(response);
    });
    request.once("close", () => {
      ended();
      // After 101, a change of the protocol that no call asks for, Node.js closes the connection without an error.
      if (!isAnswered) fail("the connection closed before an answer");
    });
    // Not once: a body may fail to go out after the answer has begun.
    request.on("error", (cause) => {
      if (!isSent) resolve(new NotConnected(cause));
      else if (isLate) reject(new FunctionLateError({ name, cause }));
      else reject(new FunctionBrokenError({ name, cause }));
    });
  });
}

/** The request, before anything is sent. */
function requestTo(
  target: FunctionTarget,
  address: FunctionAddress,
  call: FunctionCall,
  signal: AbortSignal,
  failed: () => void,
): http.ClientRequest {
  const { "content-length": _length, ...headers } = passedOn(call.headers);
  try {
    return http.request({
      host: address.host,
      port: address.port,
      agent: target.keepAlive ? keepAlive : false,
      method: call.method,
      path: call.url,
      signal,
      headers: {
        ...headers,
        ...(call.body === undefined ? {} : { "transfer-encoding": "chunked" }),
      },
    });
  } catch (error) {
    failed();
    throw error;
  }
}

const templateTimeout = 10_000;
/** Node.js has no longer timers: 24 days. */
const longestTimeout = 2 ** 31 - 1;

/** As for the watchdog, an exec_timeout of 0 sets no limit. */
function execTimeout({ definition }: FunctionTarget, header: string | string[] | undefined): number {
  const set = parseWatchdogTimeout(definition.environment.exec_timeout ?? "") ?? templateTimeout;
  const limit = Math.min(set || longestTimeout, longestTimeout);
  return Math.min(limit, parseDuration(String(header ?? "")) ?? limit);
}
