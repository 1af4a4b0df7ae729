import { configReader, type InferConfig } from "@platform/shared/config/config-reader";
import { setting, withFacts } from "@platform/shared/config/setting";
import * as v from "valibot";

/** The settings of `npm run nifi`. */
export const nifiSettings = {
  NIFI_URL: setting(
    "URL of NiFi; over plain http there is no login",
    v.optional(server(), "https://127.0.0.1:8443"),
  ),
  NIFI_USERNAME: setting("user name; required with https", v.optional(v.string())),
  NIFI_PASSWORD: setting("password of the user", v.optional(v.string())),
  NIFI_PASSWORD_FILE: setting(
    "file with the password, used without NIFI_PASSWORD",
    withFacts(v.optional(v.string()), { values: "a file" }),
  ),
  NIFI_CA_FILE: setting(
    "certificates (PEM) of the authority that signed NiFi's certificate",
    withFacts(v.optional(v.string()), { values: "a file" }),
    { unset: "the system's authorities" },
  ),
  FUNCTION_TOKEN_FILE: setting(
    "file whose first line is the bearer token for functions that require one; deploy sets the parameter FUNCTION_AUTHORIZATION to it",
    withFacts(v.optional(v.string()), { values: "a file" }),
    { unset: "FUNCTION_AUTHORIZATION is unchanged" },
  ),
};

export type NifiConfig = InferConfig<typeof nifiSettings>;

/** Reads the settings; removes the path from NIFI_URL. */
export const readNifiConfig = configReader(nifiSettings, (config) => [
  ...(hasLogin(config) && config.NIFI_USERNAME === undefined ? ["NIFI_USERNAME is not set"] : []),
  ...(hasLogin(config) && config.NIFI_PASSWORD === undefined && config.NIFI_PASSWORD_FILE === undefined
    ? ["neither NIFI_PASSWORD nor NIFI_PASSWORD_FILE is set"]
    : []),
]);

/** Whether NiFi requires a login; over plain http it does not. */
export function hasLogin({ NIFI_URL: url }: { NIFI_URL: string }): boolean {
  return url.startsWith("https:");
}

/** Also accepts the address of the user interface, https://host:8443/nifi/. */
function server() {
  const schema = v.pipe(
    v.string(),
    v.check(isServer, "must be an http or https URL without a path"),
    v.transform((url) => new URL(url).origin),
  );
  return withFacts(schema, { values: "a URL" });
}

function isServer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return /^https?:$/.test(url?.protocol ?? "") && /^\/(nifi\/?)?$/.test(url?.pathname ?? "");
}
