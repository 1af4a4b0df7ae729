import { join } from "node:path";
import type { Database, Statement } from "libsql";
import {
  type DocumentKey,
  type DocumentSearch,
  type DocumentStore,
  histogramInterval,
  newestCount,
  roundedMean,
  type TimeWindow,
  toHistogram,
} from "../console/documents/document-store.ts";
import { parseTime, type StoredDocument, toPost } from "../console/documents/scored-post.ts";
import type { Condition } from "../console/documents/search/condition.ts";
import { StoreError } from "./data-folder.ts";
import { searchDocuments } from "./search-documents.ts";
import { prepareSchema } from "./store-schema.ts";
import { summarizeDocuments } from "./summarize-documents.ts";
import { removeDocuments, writeDocument } from "./write-document.ts";

/** A new document in the format that tweet-enrich sends to Elasticsearch. */
export interface NewDocument extends DocumentKey {
  document: StoredDocument;
  /** The external version: the document replaces an older version. Without it, the document replaces nothing. */
  version?: number | undefined;
}

/** The result of adding a document: stored, or the conflicting version in the store. */
export type AddResult = "created" | "updated" | { currentVersion: number };

/** Stores documents in an SQLite file, for `npm start` without ELASTICSEARCH_URL. */
export class EmbeddedStore implements DocumentStore {
  /** The file. */
  readonly file: string;
  readonly #database: Database;
  readonly #write: ReturnType<typeof writeDocument>;
  readonly selectVersion: Statement;

  private constructor(file: string, database: Database) {
    this.file = file;
    this.#database = database;
    this.#write = writeDocument(database);
    this.selectVersion = database.prepare('select version from document where "index" = ? and id = ?');
  }

  /** Opens or creates the file, in a folder that this process has locked. @throws StoreError */
  static async open(folder: string): Promise<EmbeddedStore> {
    const file = join(folder, "sentiment.db");
    try {
      const { default: LibSql } = await import("libsql");
      const database = new LibSql(file);
      prepareSchema(database);
      return new EmbeddedStore(file, database);
    } catch (cause) {
      const reason = `${(cause as Error).message}; set ELASTICSEARCH_URL to use Elasticsearch instead`;
      throw new StoreError(`cannot use the embedded store ${file}: ${reason}`, { cause });
    }
  }

  /** Adds documents atomically, with the semantics of Elasticsearch's `create` and external versions. */
  add(documents: readonly NewDocument[]): AddResult[] {
    const addAll = this.#database.transaction(() => documents.map((document) => this.#add(document)));
    return addAll() as AddResult[];
  }

  #add({ index, id, document, version }: NewDocument): AddResult {
    const current = this.selectVersion.get([index, id]) as { version: number } | undefined;
    if (current !== undefined && (version === undefined || version <= current.version))
      return { currentVersion: current.version };
    const scored = parseTime(document.Date) ?? Date.now();
    this.#write({ index, id, document, scored, version: version ?? 1 });
    return current === undefined ? "created" : "updated";
  }

  /** Finds documents by id in all indexes. */
  find(ids: readonly string[]): DocumentKey[] {
    const find = this.#database.prepare(
      'select "index", id from document where id in (select value from json_each(?))',
    );
    return find.all([JSON.stringify(ids)]) as DocumentKey[];
  }

  /** Deletes a document. @returns whether it existed */
  delete({ index, id }: DocumentKey): boolean {
    return this.#remove('"index" = ? and id = ?', [index, id]) > 0;
  }

  /** Removes documents with an id prefix that were scored before a time. */
  forget(prefix: string, before: number): void {
    this.#remove("scored < ? and id glob ?", [before, `${prefix}*`]);
  }

  #remove(condition: string, values: (string | number)[]): number {
    const remove = removeDocuments(this.#database, condition);
    return this.#database.transaction(() => remove(values))();
  }

  async search(search: DocumentSearch) {
    return searchDocuments(this.#database, search);
  }

  async summarizeMatches(condition: Condition | undefined) {
    return summarizeDocuments(this.#database, condition);
  }

  async read({ index, id }: DocumentKey): Promise<StoredDocument | undefined> {
    const select = this.#database.prepare('select json from document where "index" = ? and id = ?');
    const row = select.get([index, id]) as { json: string } | undefined;
    return row && JSON.parse(row.json);
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
      'select "index", id, json from document',
      from,
      to,
      `order by scored desc, started desc nulls last, created desc nulls last, handle nulls last limit ${newestCount}`,
    );
    return {
      from,
      to,
      count: total!.count,
      mean: total!.mean === null ? null : roundedMean(total!.mean),
      histogram: toHistogram(new Map(bars.map(({ bar, count }) => [bar, count]))),
      overTime: steps.map(({ time, count, mean }) => ({ time, count, mean: roundedMean(mean) })),
      newest: newest.map(({ json, ...key }) => toPost(key, JSON.parse(json))),
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
