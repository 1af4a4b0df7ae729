import { readFile } from "node:fs/promises";
import { NifiError } from "./nifi-error.ts";

/**
 * The text of a file that a setting names.
 * @throws NifiError that names the setting and why the file cannot be read.
 */
export async function readSettingFile(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as { code?: string };
    throw new NifiError(`${setting} names a file that cannot be read (${code})`, { cause });
  }
}
