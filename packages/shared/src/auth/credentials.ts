import { ConfigError } from "../errors/server-errors.ts";
import { readSecret, type SecretReference } from "./secret-file.ts";

/** A user and its password. */
export interface Credentials {
  username: string;
  password: string;
}

/**
 * Reads a secret of the form user:password.
 * @throws SecretMissingError as readSecret does, ConfigError (500) when it has no user.
 */
export async function readCredentials(reference: SecretReference): Promise<Credentials> {
  const text = await readSecret(reference);
  const colon = text.indexOf(":");
  if (colon < 1) throw new ConfigError([`${reference.setting} must name a secret with user:password`]);
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
