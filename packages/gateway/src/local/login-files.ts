import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readBasicAuthFiles } from "@platform/shared/auth/basic-auth-files";
import { ConfigError, SecretMissingError } from "@platform/shared/errors/server-errors";

/** The files of the local gateway's login. */
export interface LoginFiles {
  user: string;
  password: string;
  /** Whether a password was generated just now. */
  isNew: boolean;
}

/**
 * The names of the secrets with the gateway's login, as in OpenFaaS. `/system` neither shows nor changes them, and deploys no
 * function with them. Functions can read the files nevertheless, because their processes run as the gateway's user.
 */
export const loginSecrets: readonly string[] = ["basic-auth-user", "basic-auth-password"];

/**
 * Returns the files of the login in a folder of secrets. It creates missing files, readable only for their owner, with the
 * user `admin` and a password of 192 random bits.
 * @throws ConfigError when a file cannot be written or read, or is empty
 */
export async function provideLogin(folder: string): Promise<LoginFiles> {
  const [user, password] = loginSecrets.map((name) => join(folder, name)) as [string, string];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await createFile(user, "admin");
    const isNew = await createFile(password, randomBytes(24).toString("base64url"));
    await readBasicAuthFiles(folder);
    return { user, password, isNew };
  } catch (error) {
    const reason =
      error instanceof SecretMissingError ? "one is empty or unreadable" : (error as { code?: string }).code;
    throw new ConfigError([
      `beyond loopback, the gateway needs a login in the files ${loginSecrets.join(" and ")} of SECRETS_DIR: ${reason}`,
    ]);
  }
}

/** Returns false if the file exists. */
async function createFile(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, `${text}\n`, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") return false;
    throw error;
  }
}
