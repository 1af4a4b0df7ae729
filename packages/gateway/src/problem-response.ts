import type { ErrorStatus } from "@platform/shared/errors/platform-error";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { answerOfError } from "@platform/shared/function/answer";
import type { Response } from "express";

/** Answers with an error of the gateway's own, as problem+json. Its detail is written for the caller. */
export function sendProblem(
  response: Response,
  status: ErrorStatus,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const answer = answerOfError(new PlatformError({ status, code, detail, headers }), detail);
  response.status(answer.status).set(answer.headers).send(answer.body);
}
