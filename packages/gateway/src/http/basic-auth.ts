import { readBasicAuthFiles } from "@platform/shared/auth/basic-auth-files";
import { sameBytes } from "@platform/shared/auth/same-bytes";
import { sendProblem } from "@platform/shared/service/problem-response";
import type { RequestHandler } from "express";

/**
 * Lets those pass who know user and password of a folder's files basic-auth-user and basic-auth-password, as OpenFaaS's
 * secret `basic-auth` has them; 401 to all others. Read with each call: a secret may change.
 */
export function basicAuth(folder: string): RequestHandler {
  return (request, response, next) => {
    readBasicAuthFiles(folder)
      .then(({ username, password }) => {
        const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
        if (sameBytes(request.headers.authorization ?? "", wanted)) return next();
        sendProblem(response, 401, "unauthorized", "This path wants the gateway's user and password.", {
          "www-authenticate": 'Basic realm="Restricted"',
        });
      })
      .catch(next);
  };
}
