import { SecretMissingError } from "../errors/server-errors.ts";
import type { Credentials } from "./credentials.ts";
import { readSecret, type SecretReference } from "./secret-file.ts";

/** The setting that names the folder. */
const setting = "BASIC_AUTH_DIR";

/**
 * Reads user and password from a folder's files basic-auth-user and basic-auth-password, as OpenFaaS's secret
 * `basic-auth` has them. White space around them does not count, as in OpenFaaS. Read them for each call: a secret may
 * change.
 * @throws SecretMissingError (500) when one of them cannot be read or is empty
 */
export async function readBasicAuthFiles(folder: string): Promise<Credentials> {
  const [username, password] = await Promise.all(
    ["basic-auth-user", "basic-auth-password"].map((secret) => readTrimmed({ folder, setting, secret })),
  );
  return { username: username!, password: password! };
}

async function readTrimmed(reference: SecretReference): Promise<string> {
  const text = (await readSecret(reference)).trim();
  if (text === "") throw new SecretMissingError(reference); // an empty password would let everybody in
  return text;
}
