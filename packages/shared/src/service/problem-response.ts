import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import { type ErrorStatus, PlatformError } from "../errors/platform-error.ts";
import { toErrorAnswer } from "../function/answer.ts";

/** Sends an error of the service as problem+json. Its message is written for the caller, whatever the status. */
function sendError(response: Response, error: PlatformError): void {
  const { status, headers, body } = toErrorAnswer(error, error.message);
  response.status(status).set(headers).send(body);
}

/** Sends an error that has no class as problem+json. */
export function sendProblem(
  response: Response,
  status: ErrorStatus,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendError(response, new PlatformError({ status, code, detail, headers }));
}

/** The last route of an app, which answers 404. */
export const notFound: RequestHandler = (_request, response) =>
  sendProblem(response, 404, "not_found", "Not found.");

/**
 * The error handler of an app. It answers errors of routes, express and body parsers as problem+json with their status, never as an
 * HTML page. It logs unexpected errors.
 */
export function problemHandler(service: string, log: (error: unknown) => void): ErrorRequestHandler {
  return (error: { status?: number; limit?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof PlatformError) return sendError(response, error);
    if (error.status === 413) return sendProblem(response, 413, "body_too_large", tooLargeDetail(error));
    if (error.status !== undefined && error.status < 500) {
      return sendProblem(response, 400, "bad_request", "The request is malformed.");
    }
    log(error);
    sendProblem(response, 500, "internal_error", `The ${service} failed; its log says why.`);
  };
}

/** Errors of body parsers have the limit in bytes. */
function tooLargeDetail({ limit }: { limit?: number }): string {
  return `The body is too large${limit === undefined ? "" : `; at most ${limit} bytes are allowed`}.`;
}
