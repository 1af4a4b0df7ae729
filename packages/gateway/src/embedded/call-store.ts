import { join } from "node:path";
import type { Database, Statement } from "libsql";
import type { RecordStore } from "../async/stored-queue.ts";
import { StoreError } from "./data-folder.ts";

/** Stores accepted asynchronous calls in an SQLite file. A write is on disk when it returns. */
export class CallStore implements RecordStore, Disposable {
  readonly location: string;
  readonly #database: Database;
  readonly #insert: Statement;
  readonly #select: Statement;
  readonly #delete: Statement;

  private constructor(file: string, database: Database) {
    this.location = file;
    this.#database = database;
    this.#insert = database.prepare("insert into call (record) values (?)");
    this.#select = database.prepare("select record from call where id = ?");
    this.#delete = database.prepare("delete from call where id = ?");
  }

  /** Opens or creates the file, in a folder that this process has locked. @throws StoreError */
  static async open(folder: string): Promise<CallStore> {
    const file = join(folder, "async.db");
    try {
      const { default: LibSql } = await import("libsql");
      const database = new LibSql(file);
      database.exec(`
        pragma journal_mode = wal;
        pragma synchronous = full;
        create table if not exists call (id integer primary key autoincrement, record text not null) strict;
      `);
      return new CallStore(file, database);
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new StoreError(`cannot store asynchronous calls in ${file}: ${reason}`, { cause });
    }
  }

  add(record: string): number {
    return Number(this.#insert.run([record]).lastInsertRowid);
  }

  read(id: number): string | undefined {
    return (this.#select.get([id]) as { record: string } | undefined)?.record;
  }

  remove(id: number): void {
    this.#delete.run([id]);
  }

  list(): { id: number; bytes: number }[] {
    return this.#database.prepare("select id, length(record) as bytes from call order by id").all() as {
      id: number;
      bytes: number;
    }[];
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
