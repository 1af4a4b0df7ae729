import type { FunctionConfig } from "../config/function-settings.ts";
import { UnauthorizedError } from "../errors/request-errors.ts";
import type { FunctionRequest } from "../function/request.ts";
import { equalsAnyInConstantTime } from "./constant-time.ts";
import { isSignedBy } from "./hmac.ts";
import type { SecretReference } from "./secret-file.ts";
import { readSecretKeys } from "./secret-keys.ts";

/**
 * Checks the credentials of a call: an HMAC over the body's bytes (HMAC_SECRET_NAME), a bearer token (BEARER_SECRET_NAME), or
 * either if both are set. A secret may have several keys or tokens, one on each line, and is read for each call. Without these
 * settings, every call passes.
 * @throws UnauthorizedError (401) for missing or wrong credentials, SecretMissingError (500) for a missing secret,
 * ConfigError (500) for a secret with too many keys.
 */
export async function authenticate(request: FunctionRequest, config: FunctionConfig): Promise<void> {
  const { SECRETS_DIR: folder, HMAC_SECRET_NAME: hmac, BEARER_SECRET_NAME: bearer } = config;
  if (hmac === undefined && bearer === undefined) return;
  const [keys, tokens] = await Promise.all([
    readAcceptedKeys({ folder, setting: "HMAC_SECRET_NAME", secret: hmac }),
    readAcceptedKeys({ folder, setting: "BEARER_SECRET_NAME", secret: bearer }),
  ]);

  if (keys !== undefined) {
    const signature = request.header(config.HMAC_HEADER) ?? "";
    if (isSignedBy({ body: request.rawBody(), keys, signature, allowSha1: config.HMAC_ALLOW_SHA1 })) return;
  }
  if (tokens !== undefined) {
    const expected = tokens.map((token) => `Bearer ${token}`);
    if (equalsAnyInConstantTime(request.header("authorization") ?? "", expected)) return;
  }

  throw new UnauthorizedError({
    accepted: [
      ...(keys === undefined ? [] : [`an HMAC of the body in the header ${config.HMAC_HEADER}`]),
      ...(tokens === undefined ? [] : ["a bearer token"]),
    ],
    challenge: tokens === undefined ? "Hmac" : "Bearer",
  });
}

/** The keys of a secret; undefined if the setting is unset. */
async function readAcceptedKeys({
  secret,
  ...reference
}: Omit<SecretReference, "secret"> & { secret: string | undefined }): Promise<readonly string[] | undefined> {
  return secret === undefined ? undefined : (await readSecretKeys({ ...reference, secret })).accepted;
}
