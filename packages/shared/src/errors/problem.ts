import { STATUS_CODES } from "node:http";
import { type ErrorStatus, PlatformError } from "./platform-error.ts";
import { InternalError } from "./server-errors.ts";

/** The body of an error response (RFC 9457), with the stable `code` as an extension member. */
export interface Problem {
  type: "about:blank";
  title: string;
  status: ErrorStatus;
  code: string;
  detail: string;
}

/** The public messages of 5xx errors. The log has the causes. */
const publicMessages: Readonly<Record<string, string>> = {
  config_invalid: "The function is not configured correctly; its log says what is wrong.",
  secret_missing: "The function is not configured correctly; its log says what is wrong.",
  raw_body_required: "The function is not configured correctly; its log says what is wrong.",
  peer_bad_answer: "A service that the function depends on gave a bad answer.",
  peer_unavailable: "A service that the function depends on is out of reach or busy; try again.",
  peer_timeout: "A service that the function depends on did not answer in time; try again.",
};

/** Converts a thrown value to a PlatformError. Any other error becomes an InternalError. */
export function toPlatformError(error: unknown): PlatformError {
  return error instanceof PlatformError ? error : new InternalError(error);
}

/** The message for the caller: the error's own for 4xx, a generic one for 5xx. */
export function publicDetail(error: PlatformError): string {
  if (error.status < 500) return error.message;
  return publicMessages[error.code] ?? "The function failed; its log says why.";
}

/** The problem+json body of an error (RFC 9457), with its message for the caller. */
export function toProblem(error: PlatformError, detail: string): Problem {
  return {
    type: "about:blank",
    title: STATUS_CODES[error.status] ?? "Error",
    status: error.status,
    code: error.code,
    detail,
  };
}
