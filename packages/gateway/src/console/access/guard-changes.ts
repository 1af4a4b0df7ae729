import { printable } from "@platform/shared/errors/printable";
import { UnsupportedMediaTypeError } from "@platform/shared/errors/request-errors";
import type { Logger } from "@platform/shared/log/logger";
import type { Request, RequestHandler } from "express";
import { ConsoleHeaderError, ConsoleReadOnlyError, OtherOriginError } from "./access-errors.ts";
import { isOfOtherOrigin } from "./request-origin.ts";

/** Options of guardChanges. */
export interface GuardChangesOptions {
  /** Whether changes are refused (`UI_READ_ONLY`). */
  isReadOnly: boolean;
  /** The audit log: every change and every refusal. */
  log: Logger;
}

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * Middleware of the console's API. It refuses changes of a read-only console, and cross-site changes, which a browser would send
 * with the user's login (CSRF). A page of another site can send neither the header nor JSON without a preflight, and the
 * console grants no preflight.
 */
export function guardChanges({ isReadOnly, log }: GuardChangesOptions): RequestHandler {
  return (request, response, next) => {
    if (safeMethods.includes(request.method)) return next();
    response.once("close", () => {
      const { statusCode: status } = response;
      const user = response.locals.user as string | undefined;
      const path = printable(request.originalUrl.split("?")[0]!);
      const facts = { user, address: request.socket.remoteAddress, method: request.method, path, status };
      if (status < 400) log.info(facts, "console_change");
      else log.warn(facts, "console_change_refused");
    });
    try {
      requirePermitted(request, isReadOnly);
      next();
    } catch (error) {
      next(error);
    }
  };
}

/** @throws OtherOriginError (403), ConsoleHeaderError (403), ConsoleReadOnlyError (403), UnsupportedMediaTypeError (415) */
function requirePermitted({ headers }: Request, isReadOnly: boolean): void {
  if (isOfOtherOrigin(headers)) throw new OtherOriginError({ origin: headers.origin });
  if (headers["x-console"] !== "1") throw new ConsoleHeaderError();
  if (isReadOnly) throw new ConsoleReadOnlyError();
  const { "content-type": contentType = "" } = headers;
  if (!/^application\/json *(;|$)/i.test(contentType)) {
    throw new UnsupportedMediaTypeError({ contentType, readable: "application/json" });
  }
}
