import { pipeline } from "node:stream";
import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Request, RequestHandler, Response } from "express";
import type { CallCounts } from "./call-counts.ts";
import { callHeaders, secondsSince } from "./call-headers.ts";
import { withoutCors } from "./cors.ts";
import { TooManyCallsError } from "./errors.ts";
import type { FunctionCatalog } from "./function-catalog.ts";
import type { FunctionTarget } from "./function-target.ts";
import { removeHopByHopHeaders } from "./hop-by-hop-headers.ts";
import { invokeFunction } from "./invoke-function.ts";
import { readMaxInflight } from "./max-inflight.ts";
import type { AnsweredCall } from "./metrics.ts";
import type { FunctionCall } from "./send-call.ts";

/** Options of functionRoute. */
export interface FunctionRouteOptions {
  functions: FunctionCatalog;
  /** Counts the calls of functions. Waiting calls count as in flight. */
  callCounts: CallCounts;
  /** Called for each answered or failed call. */
  answered?: ((call: AnsweredCall) => void) | undefined;
}

/** `/function/<name>` and all paths below it: calls the function and forwards its answer. */
export function functionRoute(options: FunctionRouteOptions): RequestHandler {
  return (request, response, next) => {
    serve(options, request, response).catch(next);
  };
}

async function serve(options: FunctionRouteOptions, request: Request, response: Response): Promise<void> {
  const { target, url } = findFunction(options, request);
  const start = performance.now();
  const added = callHeaders(request.headers["x-call-id"]);
  const hangUp = new AbortController();
  response.once("close", () => hangUp.abort());
  const call = { ...toCall(request, url, added), body: readBody(request), signal: hangUp.signal };
  try {
    const answer = await invoke(options, target, call);
    response.writeHead(answer.statusCode ?? 502, {
      ...withoutCors(removeHopByHopHeaders(answer.headers), response),
      ...added,
      "x-duration-seconds": secondsSince(start),
    });
    pipeline(answer, response, () => undefined);
  } catch (error) {
    if (hangUp.signal.aborted) return;
    response.set({ ...added, "x-duration-seconds": secondsSince(start) });
    throw error;
  }
}

/**
 * Splits a URL into the function and the remaining URL for it.
 * @throws FunctionNotFoundError (404); the function's refusal (503)
 */
export function findFunction(
  { functions }: FunctionRouteOptions,
  request: Request,
): { target: FunctionTarget; url: string } {
  const [, called = "", url = ""] = /^\/([^/?]*)(.*)$/s.exec(request.url) ?? [];
  return { target: callableFunction(functions, called), url: url.startsWith("/") ? url : `/${url}` };
}

/**
 * Looks up the function NAME or NAME.NAMESPACE.
 * @throws FunctionNotFoundError (404); the function's refusal (503)
 */
export function callableFunction(functions: FunctionCatalog, calledName: string): FunctionTarget {
  const target = functions.find(calledName);
  if (target.refusal !== undefined) throw target.refusal;
  return target;
}

/**
 * Calls a function within its quota, and records the call.
 * @throws TooManyCallsError (429) above the quota, and the errors of `invokeFunction`
 */
export async function invoke(
  { functions, callCounts, answered }: FunctionRouteOptions,
  target: FunctionTarget,
  call: FunctionCall,
) {
  const start = performance.now();
  const name = functions.calledName(target);
  let status = 502;
  try {
    const quota = readQuota(target);
    if (quota !== undefined && callCounts.of(name).inFlight >= quota) {
      throw new TooManyCallsError({ name, quota });
    }
    const callEnded = callCounts.begin(name);
    const answer = await invokeFunction(target, call).catch((error: unknown) => {
      callEnded();
      throw error;
    });
    answer.once("close", callEnded);
    status = answer.statusCode ?? status;
    return answer;
  } catch (error) {
    if (error instanceof PlatformError) status = error.status;
    throw error;
  } finally {
    const callId = String(call.headers["x-call-id"] ?? "");
    answered?.({ name, status, seconds: (performance.now() - start) / 1000, callId });
  }
}

/** Reads the function's max-inflight. A wrong value, which only kubectl can set, is ignored. */
function readQuota({ definition: { annotations } }: FunctionTarget): number | undefined {
  try {
    return readMaxInflight(annotations);
  } catch {
    return undefined;
  }
}

/** Creates a call with the headers that the gateway adds. */
export function toCall(request: Request, url: string, added: object): Omit<FunctionCall, "body"> {
  return {
    method: request.method,
    url,
    headers: {
      ...request.headers,
      ...added,
      "x-forwarded-for": [request.headers["x-forwarded-for"], request.socket.remoteAddress]
        .filter(Boolean)
        .join(", "),
      "x-forwarded-host": request.headers.host ?? "",
    },
  };
}

/** Returns the body as a stream; undefined for a call without a body. */
function readBody(request: Request): Request | undefined {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  return encoding !== undefined || Number(length ?? 0) > 0 ? request : undefined;
}
