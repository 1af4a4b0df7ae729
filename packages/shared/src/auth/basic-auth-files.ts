import { SecretMissingError } from "../errors/server-errors.ts";
import type { Credentials } from "./credentials.ts";
import { readSecret, type SecretReference } from "./secret-file.ts";

/** The setting with the folder. */
const setting = "BASIC_AUTH_DIR";

/**
 * Reads user and password from the files basic-auth-user and basic-auth-password of a folder, the layout of OpenFaaS's secret
 * `basic-auth`. Trims white space, as OpenFaaS does. Call it for each request, because a secret may change.
 * @throws SecretMissingError (500) when a file cannot be read or is empty
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
