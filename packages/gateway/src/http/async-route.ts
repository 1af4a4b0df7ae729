import { injectTraceContext } from "@platform/shared/telemetry/tracing";
import express, { type Request, type RequestHandler, type Response, Router } from "express";
import type { AcceptedCall } from "../async/accepted-call.ts";
import type { CallQueue } from "../async/call-queue.ts";
import { callHeaders } from "./call-headers.ts";
import { callbackUrl } from "./callback-url.ts";
import { type FunctionRouteOptions, findFunction, toCall } from "./function-route.ts";
import { removeHopByHopHeaders } from "./hop-by-hop-headers.ts";

/** The limit of OpenFaaS's queue. */
const largestBody = 256_000;

/** Options of asyncRoute. */
export interface AsyncRouteOptions extends FunctionRouteOptions {
  queue: CallQueue;
  /** Hosts besides loopback that X-Callback-Url may name. */
  callbackHosts: readonly string[];
  /** Called for each accepted call. */
  accepted(call: AcceptedCall): void;
}

/** `/async-function/<name>`: answers 202 after the call is stored. The gateway makes the call later, and posts the result to X-Callback-Url. */
export function asyncRoute(options: AsyncRouteOptions): Router {
  const router = Router();
  router.use(readBytes());
  router.use((request, response, next) => {
    accept(options, request, response).catch(next);
  });
  return router;
}

/**
 * Reads the unmodified body in any encoding, because the function's host inflates it. express.raw refuses encodings that it does not
 * inflate, so the header is hidden from it.
 */
function readBytes(): RequestHandler {
  const read = express.raw({ type: () => true, limit: largestBody, inflate: false });
  return (request, response, next) => {
    const { "content-encoding": encoding } = request.headers;
    delete request.headers["content-encoding"];
    read(request, response, (error?: unknown) => {
      if (encoding !== undefined) request.headers["content-encoding"] = encoding;
      next(error);
    });
  };
}

async function accept(options: AsyncRouteOptions, request: Request, response: Response): Promise<void> {
  const { target, url } = findFunction(options, request);
  const name = options.functions.calledName(target);
  const callback = callbackUrl(request.get("x-callback-url"), options.callbackHosts);
  const added = callHeaders(request.headers["x-call-id"]);
  const { method, headers } = toCall(request, url, added);
  const accepted: AcceptedCall = {
    name,
    method,
    url,
    headers: injectTraceContext(removeHopByHopHeaders(headers)),
    body: Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined,
    callbackUrl: callback?.href,
    callId: added["x-call-id"],
    startTime: added["x-start-time"],
  };
  await options.queue.accept(accepted);
  options.accepted(accepted);
  response
    .status(202)
    .set({ ...added })
    .end();
}
