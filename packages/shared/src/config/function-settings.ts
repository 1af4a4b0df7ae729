import * as v from "valibot";
import { tracingSettings } from "../telemetry/tracing-settings.ts";
import type { Environment } from "./config-reader.ts";
import { setting, withFacts } from "./setting.ts";
import { choice, duration, flag, folder, headerName, integer, secretName } from "./settings.ts";

/** The settings of the log. The logger reads LOG_FORMAT itself, because it logs before the settings are read. */
export const logSettings = {
  LOG_LEVEL: setting(
    "lowest level that is logged",
    choice(["trace", "debug", "info", "warn", "error", "silent"], "info"),
  ),
  LOG_FORMAT: setting(
    "format of the log: human-readable lines, coloured on a terminal unless NO_COLOR is set, or JSON",
    withFacts(v.optional(v.picklist(["pretty", "json"], "must be pretty or json")), {
      values: "pretty or json",
    }),
    { unset: "pretty on a terminal, else json" },
  ),
};

/** LOG_LEVEL without a check of the other settings; info if it is invalid. */
export function readLogLevel(env: Environment) {
  const level = v.safeParse(logSettings.LOG_LEVEL, env.LOG_LEVEL || undefined);
  return level.success ? level.output : "info";
}

/** The folder of the secrets. */
export function secretsDir() {
  return setting("folder with a file for each secret", folder("/var/openfaas/secrets"));
}

/** The settings that every function reads, in addition to its own. */
export const functionSettings = {
  ...logSettings,
  MAX_BODY_BYTES: setting(
    "largest request body; a larger one gets 413. Keep it below the template's MAX_RAW_SIZE, which answers with HTML",
    integer({ fallback: 1_000_000, min: 1, max: 100_000_000, unit: "bytes" }),
  ),
  HMAC_SECRET_NAME: setting(
    "secret with the accepted HMAC keys, one on each line; setting it turns on the check of signatures",
    secretName(),
    { unset: "no check" },
  ),
  HMAC_HEADER: setting(
    "header with the signature, sha256=HEX, as faas-cli invoke --sign Hmac sends it",
    headerName("Hmac"),
  ),
  HMAC_ALLOW_SHA1: setting("accept sha1=HEX too, which faas-cli up to 0.17.0 sends", flag()),
  BEARER_SECRET_NAME: setting(
    "secret with the accepted bearer tokens, one on each line; setting it turns on the check of tokens",
    secretName(),
    { unset: "no check" },
  ),
  SECRETS_DIR: secretsDir(),
  METRICS: setting(
    "calls that get the metrics at GET /metrics: cluster, calls that bypass the gateway; public, all calls; off, none",
    choice(["cluster", "public", "off"], "cluster"),
  ),
  SHUTDOWN_QUIET: setting("after SIGTERM, time without calls after which the process exits", duration("2s")),
  QUIET_CALL_IDS: setting(
    "prefix of X-Call-Id; successful calls whose id begins with it are logged at debug, not at info",
    v.optional(v.string()),
    { unset: "none" },
  ),
  ...tracingSettings,
};

/** The settings of the functions that take batches. */
export const batchSettings = {
  MAX_BATCH_ITEMS: setting(
    "most items in a batch; a larger batch gets 413",
    integer({ fallback: 10_000, min: 1, max: 1_000_000, unit: "items" }),
  ),
};

/** The parsed functionSettings. */
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
