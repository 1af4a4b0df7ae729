import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import { type ErrorStatus, PlatformError } from "../errors/platform-error.ts";
import { answerOfError } from "../function/answer.ts";

/** Answers with an error of the service's own, as problem+json. Its sentence is written for the caller. */
function sendError(response: Response, error: PlatformError): void {
  const { status, headers, body } = answerOfError(error, error.message);
  response.status(status).set(headers).send(body);
}

/** The same for an error that has no class of its own. */
export function sendProblem(
  response: Response,
  status: ErrorStatus,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendError(response, new PlatformError({ status, code, detail, headers }));
}

/** The last route of an app: 404. */
export const notFound: RequestHandler = (_request, response) =>
  sendProblem(response, 404, "not_found", "Not found.");

/**
 * The error handler of an app: what a route threw, or what express or a body parser refused, as problem+json
 * with its status, and never an HTML page. What is nobody's fault but ours goes to `log`.
 */
export function problemHandler(service: string, log: (error: unknown) => void): ErrorRequestHandler {
  return (error: { status?: number; limit?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof PlatformError) return sendError(response, error);
    if (error.status === 413) return sendProblem(response, 413, "body_too_large", tooLarge(error));
    if (error.status !== undefined && error.status < 500) {
      return sendProblem(response, 400, "bad_request", "The request is malformed.");
    }
    log(error);
    sendProblem(response, 500, "internal_error", `The ${service} failed; its log says why.`);
  };
}

/** Body parsers say how many bytes they take. */
function tooLarge({ limit }: { limit?: number }): string {
  return `The body is too large${limit === undefined ? "" : `; at most ${limit} bytes are allowed`}.`;
}
