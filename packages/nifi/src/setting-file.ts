import { readFile } from "node:fs/promises";
import { NifiError } from "./nifi-error.ts";

/**
 * Reads the file at the path in a setting.
 * @throws NifiError with the setting and the error code when the file cannot be read.
 */
export async function readSettingFile(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as { code?: string };
    throw new NifiError(`${setting}: the file cannot be read (${code})`, { cause });
  }
}
