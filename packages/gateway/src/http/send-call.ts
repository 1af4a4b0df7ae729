import http, { type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { parseDuration } from "@platform/shared/config/duration";
import { injectTraceContext, inSpan } from "@platform/shared/telemetry/tracing";
import { FunctionBrokenError, FunctionLateError } from "./errors.ts";
import type { FunctionAddress, FunctionTarget } from "./function-target.ts";
import { removeHopByHopHeaders } from "./hop-by-hop-headers.ts";
import { parseWatchdogTimeout } from "./watchdog-timeout.ts";

/** A call on its way to a function. */
export interface FunctionCall {
  method: string;
  /** The unmodified path and query below the function's URL. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Readable | Buffer | undefined;
  /** Aborts the call when the caller hangs up. */
  signal?: AbortSignal;
  /** The timeout of waiting for a ready function, in milliseconds; overrides the function's own. */
  readyTimeoutMs?: number | undefined;
}

const connectTimeoutMs = 2_000;
/**
 * Connections are reused within a second. Servers close idle connections after five seconds or more, so no call is sent on a
 * closing connection, where it would be unknown whether the call was processed.
 */
const keepAlive = new http.Agent({ keepAlive: true, timeout: 1_000 });

/** The connection failed before anything was sent. */
export class NotConnected {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/**
 * Sends a call to an address, in a span. Resolves when the answer starts, or with NotConnected.
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
  // AbortSignal.timeout would keep the listener and the whole call in memory until the timeout.
  let timer = setTimeout(abort, connectTimeoutMs);
  const cleanUp = () => {
    clearTimeout(timer);
    call.signal?.removeEventListener("abort", abort);
    callEnded?.();
  };
  if (call.signal?.aborted) abort();
  call.signal?.addEventListener("abort", abort, { once: true });

  return new Promise((resolve, reject) => {
    const request = createRequest(target, address, call, end.signal, cleanUp);
    const sendRequest = () => {
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
      if (socket.connecting) socket.once("connect", sendRequest);
      else sendRequest();
    });
    const fail = (reason: string) => reject(new FunctionBrokenError({ name, cause: new Error(reason) }));
    request.once("response", (response) => {
      isAnswered = true;
      const { statusCode = 0 } = response;
      if (statusCode < 200) {
        fail(`it answered with status ${statusCode}`);
        request.destroy();
        return;
      }
      target.invocations += 1;
      resolve(response);
    });
    request.once("close", () => {
      cleanUp();
      // After an unrequested 101 (Switching Protocols), Node.js closes the connection without an error.
      if (!isAnswered) fail("the connection closed before an answer");
    });
    // A permanent listener, because sending the body may fail after the answer has started.
    request.on("error", (cause) => {
      if (!isSent) resolve(new NotConnected(cause));
      else if (isLate) reject(new FunctionLateError({ name, cause }));
      else reject(new FunctionBrokenError({ name, cause }));
    });
  });
}

/** Creates the request without sending it. */
function createRequest(
  target: FunctionTarget,
  address: FunctionAddress,
  call: FunctionCall,
  signal: AbortSignal,
  failed: () => void,
): http.ClientRequest {
  const { "content-length": _length, ...headers } = removeHopByHopHeaders(call.headers);
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
/** The maximum of Node.js's timers, 24 days. */
const longestTimeout = 2 ** 31 - 1;

/** Returns the timeout of a call. As in the watchdog, an exec_timeout of 0 means no limit. */
function execTimeout({ definition }: FunctionTarget, header: string | string[] | undefined): number {
  const set = parseWatchdogTimeout(definition.environment.exec_timeout ?? "") ?? templateTimeout;
  const limit = Math.min(set || longestTimeout, longestTimeout);
  return Math.min(limit, parseDuration(String(header ?? "")) ?? limit);
}
