import type { Environment } from "@platform/shared/config/config-reader";
import { ConfigError } from "@platform/shared/errors/server-errors";

/** Where NiFi is and who we are to it. */
export interface NifiConfig {
  /** Without a path. */
  url: string;
  /** Undefined without a login: plain http has none. */
  login?: { username: string; password: string } | { username: string; passwordFile: string };
  /** A PEM file with the authority that signed NiFi's certificate. */
  caFile?: string;
}

/** Reads the settings; empty means unset. Throws a ConfigError that names all that is wrong. */
export function readNifiConfig(env: Environment = process.env): NifiConfig {
  const url = env.NIFI_URL || "https://127.0.0.1:8443"; // NiFi's own default
  const { NIFI_USERNAME: username, NIFI_PASSWORD: password, NIFI_PASSWORD_FILE: passwordFile } = env;
  const secure = url.startsWith("https:");
  const problems: string[] = [];
  if (!isServer(url)) problems.push("NIFI_URL must be an http or https URL without a path");
  if (secure && !username) problems.push("NIFI_USERNAME is not set");
  if (secure && !password && !passwordFile)
    problems.push("neither NIFI_PASSWORD nor NIFI_PASSWORD_FILE is set");
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    url: new URL(url).origin,
    ...(secure && username ? { login: { username, ...passwordOf(password, passwordFile) } } : {}),
    ...(env.NIFI_CA_FILE ? { caFile: env.NIFI_CA_FILE } : {}),
  };
}

function passwordOf(password = "", passwordFile = "") {
  return password ? { password } : { passwordFile };
}

/** People copy the address of the user interface, https://host:8443/nifi/. */
function isServer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return /^https?:$/.test(url?.protocol ?? "") && /^\/(nifi\/?)?$/.test(url?.pathname ?? "");
}
