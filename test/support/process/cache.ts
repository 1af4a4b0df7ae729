import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The folder for files that tests build or download once on a machine, outside of the clone: `PLATFORM_CACHE` or the user's cache. */
export function cacheFolder(...path: string[]): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(process.env.PLATFORM_CACHE || join(base, "serverless-data-platform"), ...path);
}

/**
 * Returns a folder of the cache, which `make` fills if it does not exist. It is filled in a temporary folder and moved into place, so
 * that it is never incomplete.
 */
export async function cached(folder: string, make: (draft: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), ".draft-"));
  try {
    await make(draft);
    await rename(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // otherwise another process was faster
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
