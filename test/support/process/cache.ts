import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** What tests build or download once on a machine: outside of the clone, `PLATFORM_CACHE` or the user's cache. */
export function cacheFolder(...path: string[]): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(process.env.PLATFORM_CACHE || join(base, "serverless-data-platform"), ...path);
}

/**
 * A folder of the cache, made by `make` unless it is there. It is made beside its place and moved there, so that half
 * of one is never found.
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
