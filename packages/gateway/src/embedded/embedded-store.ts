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
import { prepareSchema } from "./store-schema.ts";

/** Names a document of the store. */
export interface DocumentKey {
  index: string;
  id: string;
}

/** A document on its way into the store, as tweet-enrich sends it to Elasticsearch. */
export interface NewDocument extends DocumentKey {
  document: StoredDocument;
  /** External version: the document replaces an older version. Without it, it replaces none. */
  version?: number | undefined;
}

/** What became of a document: the store has it now, or has this version or a newer one already. */
export type AddResult = "created" | "updated" | { currentVersion: number };

/** The documents in an SQLite file: what stands in for Elasticsearch where none is set. */
export class EmbeddedStore implements SentimentStore {
  /** The file. */
  readonly file: string;
  readonly #database: Database;
  readonly #put: Statement;
  readonly #versionOf: Statement;

  private constructor(file: string, database: Database) {
    this.file = file;
    this.#database = database;
    this.#put = database.prepare("insert or replace into document values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.#versionOf = database.prepare('select version from document where "index" = ? and id = ?');
  }

  /** Opens the file in a folder that is locked for this process, or makes it; throws StoreError. */
  static async open(folder: string): Promise<EmbeddedStore> {
    const file = join(folder, "sentiment.db");
    try {
      const { default: LibSql } = await import("libsql");
      const database = new LibSql(file);
      prepareSchema(database);
      return new EmbeddedStore(file, database);
    } catch (cause) {
      const reason = `${(cause as Error).message}; ELASTICSEARCH_URL would name another`;
      throw new StoreError(`cannot use the embedded store ${file}: ${reason}`, { cause });
    }
  }

  /** Keeps documents, all or none, by the rules of Elasticsearch's `create` and its external versions. */
  add(documents: readonly NewDocument[]): AddResult[] {
    const addAll = this.#database.transaction(() => documents.map((one) => this.#add(one)));
    return addAll() as AddResult[];
  }

  #add({ index, id, document, version }: NewDocument): AddResult {
    const current = this.#versionOf.get([index, id]) as { version: number } | undefined;
    if (current !== undefined && (version === undefined || version <= current.version))
      return { currentVersion: current.version };
    const { polarity } = document;
    this.#put.run([
      index,
      id,
      timeOf(document.Date) ?? Date.now(),
      typeof document["X-Start-Time"] === "number" ? document["X-Start-Time"] : null,
      timeOf(document["twitter.created_at"]),
      textOf(document["twitter.handle"]),
      // Elasticsearch counts with what the mapping says: float.
      typeof polarity === "number" ? Math.fround(polarity) : null,
      JSON.stringify(document),
      version ?? 1,
    ]);
    return current === undefined ? "created" : "updated";
  }

  /** The documents with some ids, in whichever index. */
  find(ids: readonly string[]): DocumentKey[] {
    const find = this.#database.prepare(
      'select "index", id from document where id in (select value from json_each(?))',
    );
    return find.all([JSON.stringify(ids)]) as DocumentKey[];
  }

  /** Deletes a document. Returns whether there was one. */
  delete({ index, id }: DocumentKey): boolean {
    return (
      this.#database.prepare('delete from document where "index" = ? and id = ?').run([index, id]).changes > 0
    );
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
