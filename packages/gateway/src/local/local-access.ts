import type { Logger } from "@platform/shared/log/logger";
import { requireLoopbackHost } from "../console/access/loopback-host.ts";
import { basicAuth } from "../http/basic-auth.ts";
import { isLoopback } from "../http/loopback.ts";
import type { RouteOptions } from "../http/routes.ts";
import { type LoginFiles, provideLogin } from "./login-files.ts";

/** Options of openLocalAccess. */
export interface LocalAccessOptions {
  /** The address that the gateway listens on. */
  host: string;
  /** The folder of secrets. */
  secrets: string;
  /** `UI_READ_ONLY`; unset: false on loopback, which only users of the machine reach. */
  isReadOnly: boolean | undefined;
  log: Logger;
}

/** How the local gateway authenticates its callers. */
export interface LocalAccess extends Pick<RouteOptions, "authenticate" | "authenticates"> {
  isReadOnly: boolean;
  /** undefined on loopback: there is no login. */
  login: LoginFiles | undefined;
}

/**
 * On loopback, callers need no login, but must address the gateway by a name of loopback. On other addresses, all but calls of
 * functions, their description and probes requires the login in SECRETS_DIR, which is generated if it is missing.
 * @throws ConfigError
 */
export async function openLocalAccess(options: LocalAccessOptions): Promise<LocalAccess> {
  const { host, secrets, log } = options;
  const isOpen = isLoopback(host);
  const isReadOnly = options.isReadOnly ?? !isOpen;
  if (isOpen) {
    return { authenticate: requireLoopbackHost, authenticates: "console", isReadOnly, login: undefined };
  }
  const login = await provideLogin(secrets);
  return { authenticate: basicAuth({ folder: secrets, log }), authenticates: "all", isReadOnly, login };
}
