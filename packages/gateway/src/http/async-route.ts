import { buffer } from "node:stream/consumers";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { sendProblem } from "@platform/shared/service/problem-response";
import express, { type RequestHandler, Router } from "express";
import type { AsyncQueue } from "./async-queue.ts";
import { callHeaders, secondsSince } from "./call-headers.ts";
import { callbackUrl } from "./callback-url.ts";
import { callOf, type FunctionRouteOptions, findFunction, invoke } from "./function-route.ts";
import type { FunctionTarget } from "./function-target.ts";
import type { FunctionCall } from "./invoke-function.ts";

/** What OpenFaaS's queue takes. */
const largestBody = 256_000;
const callbackPatience = 10_000;

/** What the asynchronous calls need. */
export interface AsyncRouteOptions extends FunctionRouteOptions {
  queue: AsyncQueue;
  /** Hosts beside loopback that X-Callback-Url may name. */
  callbackHosts: readonly string[];
  /** Takes a line for the user. */
  say(line: string): void;
}

/** `/async-function/<name>`: 202 at once, the call later, its result to X-Callback-Url when there is one. */
export function asyncRoute(options: AsyncRouteOptions): Router {
  const router = Router();
  // The body as it came, whatever its encoding; the function's host inflates it.
  router.use(express.raw({ type: () => true, limit: largestBody, inflate: false }));
  router.use(acceptCall(options));
  return router;
}

function acceptCall(options: AsyncRouteOptions): RequestHandler {
  const { queue, callbackHosts, say } = options;
  return (request, response) => {
    const { target, url } = findFunction(options, request);
    const callback = callbackUrl(request.get("x-callback-url"), callbackHosts);
    const { name } = target.definition;
    const added = callHeaders(request);
    const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined;
    const call = { ...callOf(request, url, added), body };
    const accepted = queue.add(async () => {
      const start = performance.now();
      const result = await resultOf(options, target, call);
      if (callback === undefined) return;
      const headers = {
        "content-type": result.type,
        "x-call-id": added["x-call-id"],
        "x-duration-seconds": secondsSince(start),
        "x-function-name": name,
        "x-function-status": String(result.status),
      };
      await report(callback, headers, result.body).catch(() =>
        say(`the result of ${name} (call ${added["x-call-id"]}) did not reach ${callback.host}`),
      );
    }, sizeOf(call));
    if (!accepted) {
      return sendProblem(response, 503, "queue_full", "Too many calls are waiting; try again.", {
        "retry-after": "1",
      });
    }
    response
      .status(202)
      .set({ ...added })
      .end();
  };
}

/** What a call holds while it waits, in bytes. */
function sizeOf({ url, headers, body }: Omit<FunctionCall, "body"> & { body: Buffer | undefined }): number {
  return url.length + JSON.stringify(headers).length + (body?.length ?? 0);
}

/** What came of a call: the function's answer, or the bare status of the failure to get one. */
async function resultOf(options: AsyncRouteOptions, target: FunctionTarget, call: FunctionCall) {
  try {
    const answer = await invoke(options, target, call);
    const type = answer.headers["content-type"] ?? "text/plain";
    return { status: answer.statusCode ?? 502, type, body: await buffer(answer) };
  } catch (error) {
    const status = error instanceof PlatformError ? error.status : 502;
    return { status, type: "text/plain", body: Buffer.alloc(0) };
  }
}

/** Posts a result; rejects when the receiver is out of reach, is late or redirects. */
async function report(url: URL, headers: Record<string, string>, body: Buffer): Promise<void> {
  const signal = AbortSignal.timeout(callbackPatience);
  await fetch(url, { method: "POST", headers, body, redirect: "error", signal });
}
