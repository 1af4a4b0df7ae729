import http, { type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { parseDuration } from "@platform/shared/config/duration";
import { FunctionBrokenError, FunctionDownError, FunctionLateError } from "./errors.ts";
import type { FunctionTarget } from "./function-target.ts";

/** A call on its way to a function. */
export interface FunctionCall {
  method: string;
  /** Path and query below the function's URL, as they came. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Readable | Buffer | undefined;
  /** Ends the call when the caller has gone. */
  signal?: AbortSignal;
}

const startPatience = 5_000;
/** For functions whose process stays the same; to the Services of a cluster each call has a connection of its own. */
const keepAlive = new http.Agent({ keepAlive: true });
/** The function has no process that listens. */
const notThere = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENOTFOUND", "EAI_AGAIN"]);

/** Headers that are about one connection (RFC 9110, section 7.6.1). */
const notPassedOn = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Calls a function as the OpenFaaS watchdog does: bodies go on chunked, and a call that takes longer than
 * exec_timeout is given up (X-Timeout shortens that, never lengthens it). Resolves when the answer begins.
 * @throws FunctionDownError (503), FunctionBrokenError (502), FunctionLateError (504).
 */
export async function invokeFunction(target: FunctionTarget, call: FunctionCall): Promise<IncomingMessage> {
  const { name } = target.definition;
  const address = await target.address(startPatience);
  if (address === undefined) throw new FunctionDownError({ name });
  const callEnded = target.callStarted?.(address);
  const end = new AbortController();
  let late = false;
  // Not AbortSignal.timeout: who listens to that keeps it, and all that it knows of the call, until the time is over.
  const timer = setTimeout(
    () => {
      late = true;
      end.abort();
    },
    execTimeout(target, call.headers["x-timeout"]),
  );
  if (call.signal?.aborted) end.abort();
  call.signal?.addEventListener("abort", () => end.abort(), { once: true });

  const { "content-length": _length, ...headers } = passedOn(call.headers);

  return new Promise((resolve, reject) => {
    const request = http.request({
      ...address,
      agent: target.keepAlive ? keepAlive : false,
      method: call.method,
      path: call.url,
      signal: end.signal,
      headers: {
        ...headers,
        ...(call.body === undefined ? {} : { "transfer-encoding": "chunked" }),
      },
    });
    request.once("response", (response) => {
      target.invocations += 1;
      resolve(response);
    });
    request.once("close", () => {
      clearTimeout(timer);
      callEnded?.();
    });
    // Not once: a body may fail to go out after the answer has begun.
    request.on("error", (cause: { code?: string }) => {
      if (late) return reject(new FunctionLateError({ name, cause }));
      const down = notThere.has(cause.code ?? "");
      reject(down ? new FunctionDownError({ name, cause }) : new FunctionBrokenError({ name, cause }));
    });
    if (call.body === undefined || Buffer.isBuffer(call.body)) request.end(call.body);
    else call.body.pipe(request);
  });
}

/** A message's headers without those that are about the connection it came on, its own header Connection's among them. */
export function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = new Set((headers.connection ?? "").toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !notPassedOn.has(entry[0]) && !named.has(entry[0]),
    ),
  );
}

const templateTimeout = 10_000;

function execTimeout({ definition }: FunctionTarget, header: string | string[] | undefined): number {
  const limit = parseDuration(definition.environment.exec_timeout ?? "") ?? templateTimeout;
  return Math.min(limit, parseDuration(String(header ?? "")) ?? limit);
}
