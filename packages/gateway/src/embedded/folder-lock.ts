import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "libsql";

/** Another process holds the lock. */
export class FolderInUseError extends Error {
  constructor(facts: { folder: string; pid: string }) {
    super(`another gateway (process ${facts.pid}) uses the data folder ${facts.folder}`);
  }
}

/**
 * Locks a folder for this process until disposal. It uses SQLite's lock on a separate file, so the operating system
 * releases it even when the process is killed.
 * @throws FolderInUseError when another process holds the lock
 */
export async function lockFolder(folder: string): Promise<Disposable> {
  const { default: LibSql } = await import("libsql");
  const pidFile = join(folder, "gateway.pid");
  const database: Database = new LibSql(join(folder, "gateway.lock"));
  try {
    database.exec("pragma busy_timeout = 0; begin exclusive");
  } catch (error) {
    database.close();
    if (!/locked|busy/i.test((error as Error).message)) throw error;
    throw new FolderInUseError({ folder, pid: readFileSync(pidFile, "utf8").trim() });
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return { [Symbol.dispose]: () => void database.close() };
}
