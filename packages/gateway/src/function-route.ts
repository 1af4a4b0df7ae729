import { pipeline } from "node:stream";
import type { Request, RequestHandler, Response } from "express";
import { callHeaders, secondsSince } from "./call-headers.ts";
import type { FunctionProcess } from "./function-process.ts";
import {
  type FunctionCall,
  FunctionDownError,
  FunctionLateError,
  invokeFunction,
  passedOn,
} from "./invoke-function.ts";
import { sendProblem } from "./problem-response.ts";

/** The functions by name. */
export type Functions = ReadonlyMap<string, FunctionProcess>;

/** `/function/<name>` and all below it: calls the function and passes its answer on. */
export function functionRoute(functions: Functions): RequestHandler {
  return async (request, response) => {
    const found = findFunction(functions, request, response);
    if (found === undefined) return;
    const start = performance.now();
    const added = callHeaders(request);
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const call = { ...callOf(request, found.url, added), body: bodyOf(request), signal: gone.signal };
    try {
      const answer = await invokeFunction(found.target, call);
      response.writeHead(answer.statusCode ?? 502, {
        ...passedOn(answer.headers),
        ...(answer.headers["content-length"] === undefined
          ? {}
          : { "content-length": answer.headers["content-length"] }),
        ...added,
        "x-duration-seconds": secondsSince(start),
      });
      pipeline(answer, response, () => undefined);
    } catch (error) {
      if (gone.signal.aborted) return;
      response.set({ ...added, "x-duration-seconds": secondsSince(start) });
      sendFailure(response, found.target.definition.name, error);
    }
  };
}

/**
 * The function that a URL names, with or without its namespace, and the rest of the URL for it; answers 404
 * itself when there is none.
 */
export function findFunction(functions: Functions, request: Request, response: Response) {
  const [, name = "", url = ""] = /^\/([^/?]*)(.*)$/s.exec(request.url) ?? [];
  const target = functions.get(name.replace(/\.openfaas-fn$/, ""));
  if (target !== undefined) return { target, url: url.startsWith("/") ? url : `/${url}` };
  sendProblem(
    response,
    404,
    "function_not_found",
    `There is no such function; there are ${[...functions.keys()].join(", ")}.`,
  );
  return undefined;
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

function sendFailure(response: Response, name: string, error: unknown): void {
  if (error instanceof FunctionLateError) {
    sendProblem(response, 504, "function_late", `The function ${name} took longer than its exec_timeout.`);
  } else if (error instanceof FunctionDownError) {
    const retry = { "retry-after": "1" };
    sendProblem(response, 503, "function_down", `The function ${name} is not up; try again.`, retry);
  } else {
    sendProblem(response, 502, "function_broken", `The function ${name} ended before it had answered.`);
  }
}
