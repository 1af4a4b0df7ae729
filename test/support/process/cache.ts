import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "./processes.ts";

/** The folder for files that tests build or download once on a machine, outside of the clone: `PLATFORM_CACHE` or the user's cache. */
export function cacheFolder(...path: string[]): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(process.env.PLATFORM_CACHE || join(base, "serverless-data-platform"), ...path);
}

/**
 * Returns a folder of the cache, which `make` fills if it does not exist. It is filled in a temporary folder and moved into place, so
 * that it is never incomplete. If another process fills it, waits for that process.
 */
export async function cached(folder: string, make: (draft: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  await acquire(lock);
  try {
    if (!existsSync(folder)) await fill(folder, make);
  } finally {
    await rm(lock, { force: true });
  }
  return folder;
}

async function fill(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = await mkdtemp(join(dirname(folder), ".draft-"));
  try {
    await make(draft);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** No folder takes longer to fill. */
const longestMs = 60 * 60_000;

/** Creates a lock file with the id of this process. Waits while another process has it. */
async function acquire(lock: string): Promise<void> {
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (await isAbandoned(lock)) await rm(lock, { force: true });
    else await pause(1_000);
  }
}

/** Whether the process of a lock file has ended. */
async function isAbandoned(lock: string): Promise<boolean> {
  const owner = Number(await readFile(lock, "utf8").catch(() => ""));
  if (owner === 0) return false; // the file is being written, or has gone
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
  return !isAlive(owner) || Date.now() - mtimeMs > longestMs;
}
