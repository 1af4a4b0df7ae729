import { readBasicAuthFiles } from "@platform/shared/auth/basic-auth-files";
import { equalsInConstantTime } from "@platform/shared/auth/constant-time";
import type { Logger } from "@platform/shared/log/logger";
import { sendProblem } from "@platform/shared/service/problem-response";
import type { Request, RequestHandler, Response } from "express";
import { FailedLogins } from "./failed-logins.ts";
import { TooManyLoginsError } from "./system/system-errors.ts";

/** Options of basicAuth. */
export interface BasicAuthOptions {
  /** The folder with the files basic-auth-user and basic-auth-password, as in OpenFaaS's secret `basic-auth`. */
  folder: string;
  log: Logger;
  failedLogins?: FailedLogins;
}

const retryAfterSeconds = 5;

/**
 * Accepts requests with the right credentials, and sets `response.locals.user`. Other requests get 401: at once without
 * credentials, with a growing delay for wrong ones. It reads the files at each request, because a secret may change.
 */
export function basicAuth(options: BasicAuthOptions): RequestHandler {
  const { folder, log, failedLogins = new FailedLogins() } = options;
  const check = async (request: Request, response: Response): Promise<boolean> => {
    const { authorization } = request.headers;
    if (authorization === undefined) return false;
    const address = request.socket.remoteAddress ?? "";
    const { username, password } = await readBasicAuthFiles(folder);
    // No await before the failure is recorded, so that concurrent logins are counted one by one.
    if (failedLogins.isBlocked(address)) throw new TooManyLoginsError({ retryAfterSeconds });
    const expected = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    if (equalsInConstantTime(authorization, expected)) {
      response.locals.user = username;
      return true;
    }
    log.warn({ address }, "login_failed");
    await failedLogins.wait(address);
    return false;
  };
  return (request, response, next) => {
    check(request, response)
      .then((isPermitted) => (isPermitted ? next() : sendChallenge(response)))
      .catch(next);
  };
}

function sendChallenge(response: Response): void {
  sendProblem(response, 401, "unauthorized", "This path requires the gateway's user and password.", {
    "www-authenticate": 'Basic realm="Restricted"',
  });
}
