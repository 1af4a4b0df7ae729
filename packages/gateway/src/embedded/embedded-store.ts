import { join } from "node:path";
import type { Database, Statement } from "libsql";
import { postOf, type StoredDocument, textOf, timeOf } from "../dashboard/scored-post.ts";
import {
  histogramInterval,
  histogramOf,
  newestCount,
  roundedMean,
  type SentimentStore,
  type TimeWindow,
} from "../dashboard/sentiment-store.ts";
import { StoreError } from "./data-folder.ts";

/** A document on its way into the store, as tweet-enrich sends it to Elasticsearch. */
export interface NewDocument {
  index: string;
  id: string;
  document: StoredDocument;
}

/** How long another program on the same file, such as sqlite3, may hold it, in milliseconds. */
const patience = 5_000;

const schema = `
  pragma busy_timeout = ${patience};
  pragma journal_mode = wal;
  create table if not exists document (
    "index" text not null,
    id text not null,
    scored integer not null,
    started integer,
    created integer,
    handle text,
    polarity real,
    json text not null,
    primary key ("index", id)
  ) strict, without rowid;
  create index if not exists document_scored on document (scored);
`;

/** The documents in an SQLite file: what stands in for Elasticsearch where none is set. */
export class EmbeddedStore implements SentimentStore {
  /** The file. */
  readonly file: string;
  readonly #database: Database;
  readonly #insert: Statement;

  private constructor(file: string, database: Database) {
    this.file = file;
    this.#database = database;
    this.#insert = database.prepare(
      "insert into document values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
    );
  }

  /** Opens the file in a folder that is locked for this process, or makes it; throws StoreError. */
  static async open(folder: string): Promise<EmbeddedStore> {
    const file = join(folder, "sentiment.db");
    try {
      const { default: LibSql } = await import("libsql");
      const database = new LibSql(file);
      database.exec(schema);
      return new EmbeddedStore(file, database);
    } catch (cause) {
      const reason = `${(cause as Error).message}; ELASTICSEARCH_URL would name another`;
      throw new StoreError(`cannot use the embedded store ${file}: ${reason}`, { cause });
    }
  }

  /** Keeps documents, all or none. Says of each whether it is new: one that is there already stays as it is. */
  add(documents: readonly NewDocument[]): boolean[] {
    const insert = this.#database.transaction(() => documents.map((one) => this.#add(one)));
    return insert() as boolean[];
  }

  #add({ index, id, document }: NewDocument): boolean {
    const { polarity } = document;
    const { changes } = this.#insert.run([
      index,
      id,
      timeOf(document.Date) ?? Date.now(),
      typeof document["X-Start-Time"] === "number" ? document["X-Start-Time"] : null,
      timeOf(document["twitter.created_at"]),
      textOf(document["twitter.handle"]),
      // Elasticsearch counts with what the mapping says: float.
      typeof polarity === "number" ? Math.fround(polarity) : null,
      JSON.stringify(document),
    ]);
    return changes > 0;
  }

  /** Drops documents whose id begins so and that were scored before a time. */
  forget(prefix: string, before: number): void {
    this.#database.prepare("delete from document where scored < ? and id glob ?").run([before, `${prefix}*`]);
  }

  async summarize({ from, to, step }: TimeWindow) {
    const [total] = this.#all("select count(*) as count, avg(polarity) as mean from document", from, to, "");
    const bars = this.#all(
      `select floor(polarity / ${histogramInterval}) * ${histogramInterval} as bar, count(*) as count from document`,
      from,
      to,
      "and polarity is not null group by bar",
    );
    const steps = this.#all(
      `select scored / ${step} * ${step} as time, count(*) as count, avg(polarity) as mean from document`,
      from,
      to,
      "group by time having mean is not null order by time",
    );
    const newest = this.#all(
      "select json from document",
      from,
      to,
      `order by scored desc, started desc nulls last, created desc nulls last, handle nulls last limit ${newestCount}`,
    );
    return {
      from,
      to,
      count: total!.count,
      mean: total!.mean === null ? null : roundedMean(total!.mean),
      histogram: histogramOf(new Map(bars.map(({ bar, count }) => [bar, count]))),
      overTime: steps.map(({ time, count, mean }) => ({ time, count, mean: roundedMean(mean) })),
      newest: newest.map(({ json }) => postOf(JSON.parse(json))),
    };
  }

  // biome-ignore lint/suspicious/noExplicitAny: each caller knows its columns
  #all(select: string, from: number, to: number, rest: string): any[] {
    return this.#database.prepare(`${select} where scored > ? and scored <= ? ${rest}`).all([from, to]);
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}
