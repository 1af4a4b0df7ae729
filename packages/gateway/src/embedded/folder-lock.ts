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
 * Keeps a folder for this process alone until it is disposed of. The lock is SQLite's on a file of its own, so the
 * system releases it when the process ends, however it ends.
 * @throws FolderInUseError when another process has it.
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
