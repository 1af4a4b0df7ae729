import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SecretMissingError } from "../errors/server-errors.ts";

/** A secret, its folder, and the setting with its name. */
export interface SecretReference {
  folder: string;
  setting: string;
  secret: string;
}

/**
 * Reads a secret's file without its trailing line ends, which `faas-cli secret create --from-file` keeps.
 * @throws SecretMissingError (500) when it cannot be read or is empty.
 */
export async function readSecret({ folder, setting, secret }: SecretReference): Promise<string> {
  let content: string;
  try {
    content = await readFile(join(folder, secret), "utf8");
  } catch (cause) {
    throw new SecretMissingError({ setting, secret, cause });
  }
  const value = content.replace(/[\r\n]+$/, "");
  if (value === "") throw new SecretMissingError({ setting, secret });
  return value;
}
