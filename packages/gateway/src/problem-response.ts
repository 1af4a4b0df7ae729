import { type ErrorStatus, PlatformError } from "@platform/shared/errors/platform-error";
import { answerOfError } from "@platform/shared/function/answer";
import type { Response } from "express";

/** Answers with an error of the gateway's own, as problem+json. Its sentence is written for the caller. */
export function sendError(response: Response, error: PlatformError): void {
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
