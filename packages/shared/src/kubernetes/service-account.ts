import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The credentials of a pod for the Kubernetes API, and the API's certificate authority. */
export interface ServiceAccount {
  token: string;
  /** The certificate authority, in PEM. */
  ca: string;
}

/**
 * Reads the files token and ca.crt of the folder that Kubernetes mounts. Call it for each request, because Kubernetes replaces the
 * token about every hour.
 */
export async function readServiceAccount(folder: string): Promise<ServiceAccount> {
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const [token, ca] = await Promise.all([read("token"), read("ca.crt")]);
  return { token: token.trim(), ca };
}
