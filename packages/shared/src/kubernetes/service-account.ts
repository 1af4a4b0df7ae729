import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a pod proves itself with to the Kubernetes API, and what it knows the API by. */
export interface ServiceAccount {
  token: string;
  /** The API's authority, in PEM. */
  ca: string;
}

/**
 * Reads the folder that Kubernetes mounts: the files token and ca.crt. To be read for each request, because Kubernetes
 * puts a new token there every hour or so.
 */
export async function readServiceAccount(folder: string): Promise<ServiceAccount> {
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const [token, ca] = await Promise.all([read("token"), read("ca.crt")]);
  return { token: token.trim(), ca };
}
