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

/** The authentication of the local gateway. */
export interface LocalAccess extends Pick<RouteOptions, "authenticate" | "authenticates"> {
  isReadOnly: boolean;
  /** Undefined on loopback, which needs no login. */
  login: LoginFiles | undefined;
}

/**
 * Sets up authentication. On loopback, callers need no login, but must use a host name of loopback. On other addresses, all paths except
 * calls of functions, the OpenAPI document and probes require the login in SECRETS_DIR, which is generated if it is missing.
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
