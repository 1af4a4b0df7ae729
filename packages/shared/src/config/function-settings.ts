import * as v from "valibot";
import { duration, flag, folder, headerName, integer, oneOf, secretName } from "./settings.ts";

/** The least level that is logged. */
export function logLevel() {
  return oneOf(["trace", "debug", "info", "warn", "error", "silent"], "info");
}

/** The settings of those who sign calls and of those who check the signature. */
export const signatureSettings = {
  /** The secret with the HMAC key. */
  HMAC_SECRET_NAME: secretName(),
  /** The header with the signature. */
  HMAC_HEADER: headerName("Hmac"),
};

/** The settings that every function reads, beside its own. */
export const functionSettings = {
  LOG_LEVEL: logLevel(),
  /** The largest body in bytes. Stay below the template's MAX_RAW_SIZE: above that it answers with HTML. */
  MAX_BODY_BYTES: integer({ fallback: 1_000_000, min: 1, max: 100_000_000 }),
  /** Where the platform mounts the secrets. */
  SECRETS_DIR: folder("/var/openfaas/secrets"),
  /** Naming the secret switches the check on. */
  ...signatureSettings,
  /** Take sha1 signatures too, for faas-cli up to 0.17.0. */
  HMAC_ALLOW_SHA1: flag(),
  /** The secret with the bearer token; naming one switches the check on. */
  BEARER_SECRET_NAME: secretName(),
  /** After SIGTERM: how long no call may have come before the process ends. */
  SHUTDOWN_QUIET: duration("2s"),
  /** A prefix of X-Call-Id: successful calls whose id begins with it are logged at debug, not at info. */
  QUIET_CALL_IDS: v.optional(v.string()),
};

/** The settings of the functions that take batches. */
export const batchSettings = {
  /** The most items that a batch may have. */
  MAX_BATCH_ITEMS: integer({ fallback: 10_000, min: 1, max: 1_000_000 }),
};

/** What functionSettings become. */
export interface FunctionConfig {
  LOG_LEVEL: "trace" | "debug" | "info" | "warn" | "error" | "silent";
  MAX_BODY_BYTES: number;
  SECRETS_DIR: string;
  HMAC_SECRET_NAME?: string | undefined;
  HMAC_HEADER: string;
  HMAC_ALLOW_SHA1: boolean;
  BEARER_SECRET_NAME?: string | undefined;
  SHUTDOWN_QUIET: number;
  QUIET_CALL_IDS?: string | undefined;
}
