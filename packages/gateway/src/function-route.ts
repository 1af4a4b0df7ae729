import { pipeline } from "node:stream";
import type { Request, RequestHandler, Response } from "express";
import { callHeaders, secondsSince } from "./call-headers.ts";
import { FunctionNotFoundError } from "./errors.ts";
import type { FunctionProcess } from "./function-process.ts";
import { type FunctionCall, invokeFunction, passedOn } from "./invoke-function.ts";

/** The functions by name. */
export type Functions = ReadonlyMap<string, FunctionProcess>;

/** `/function/<name>` and all below it: calls the function and passes its answer on. */
export function functionRoute(functions: Functions): RequestHandler {
  return (request, response, next) => {
    serve(functions, request, response).catch(next);
  };
}

async function serve(functions: Functions, request: Request, response: Response): Promise<void> {
  const { target, url } = findFunction(functions, request);
  const start = performance.now();
  const added = callHeaders(request);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const call = { ...callOf(request, url, added), body: bodyOf(request), signal: gone.signal };
  try {
    const answer = await invokeFunction(target, call);
    response.writeHead(answer.statusCode ?? 502, {
      ...passedOn(answer.headers),
      ...added,
      "x-duration-seconds": secondsSince(start),
    });
    pipeline(answer, response, () => undefined);
  } catch (error) {
    if (gone.signal.aborted) return;
    response.set({ ...added, "x-duration-seconds": secondsSince(start) });
    throw error;
  }
}

/**
 * The function that a URL names, with or without its namespace, and the rest of the URL for it.
 * @throws FunctionNotFoundError (404).
 */
export function findFunction(
  functions: Functions,
  request: Request,
): { target: FunctionProcess; url: string } {
  const [, name = "", url = ""] = /^\/([^/?]*)(.*)$/s.exec(request.url) ?? [];
  const target = functions.get(name.replace(/\.openfaas-fn$/, ""));
  if (target === undefined) throw new FunctionNotFoundError({ names: functions.keys() });
  return { target, url: url.startsWith("/") ? url : `/${url}` };
}

/** A call with the headers that the gateway adds. */
export function callOf(request: Request, url: string, added: object): Omit<FunctionCall, "body"> {
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

/** The body as a stream, or undefined when the call has none. */
function bodyOf(request: Request): Request | undefined {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  return encoding !== undefined || Number(length ?? 0) > 0 ? request : undefined;
}
