import type { FunctionConfig } from "../config/function-settings.ts";
import { UnauthorizedError } from "../errors/request-errors.ts";
import type { FunctionRequest } from "../function/request.ts";
import { isSignedBy } from "./hmac.ts";
import { sameBytes } from "./same-bytes.ts";
import { readSecret } from "./secret-file.ts";

/**
 * Lets a call pass when it carries what the settings ask for: an HMAC over the body's bytes
 * (HMAC_SECRET_NAME), a bearer token (BEARER_SECRET_NAME), or either when both are named. Without a name every
 * call passes.
 * @throws UnauthorizedError (401) when it is missing or wrong, SecretMissingError (500) when a named secret is.
 */
export async function authenticate(request: FunctionRequest, config: FunctionConfig): Promise<void> {
  const { SECRETS_DIR: folder, HMAC_SECRET_NAME: hmac, BEARER_SECRET_NAME: bearer } = config;
  if (hmac === undefined && bearer === undefined) return;
  const key = hmac && (await readSecret({ folder, setting: "HMAC_SECRET_NAME", secret: hmac }));
  const token = bearer && (await readSecret({ folder, setting: "BEARER_SECRET_NAME", secret: bearer }));

  if (key !== undefined) {
    const signature = request.header(config.HMAC_HEADER) ?? "";
    if (isSignedBy({ body: request.rawBody(), key, signature, allowSha1: config.HMAC_ALLOW_SHA1 })) return;
  }
  if (token !== undefined && sameBytes(request.header("authorization") ?? "", `Bearer ${token}`)) return;

  throw new UnauthorizedError({
    accepted: [
      ...(key === undefined ? [] : [`an HMAC of the body in the header ${config.HMAC_HEADER}`]),
      ...(token === undefined ? [] : ["a bearer token"]),
    ],
    challenge: token === undefined ? "Hmac" : "Bearer",
  });
}
