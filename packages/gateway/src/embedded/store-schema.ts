import type { Database } from "libsql";
import { writeDocument } from "./write-document.ts";

/** The timeout for locks of other programs on the file, such as sqlite3, in milliseconds. */
const busyTimeoutMs = 5_000;

/** The value of SQLite's user_version. Stores before the full-text search have 0. */
const schemaVersion = 1;

const pragmas = `
  pragma busy_timeout = ${busyTimeoutMs};
  pragma journal_mode = wal;
`;

/**
 * `document_keys` covers the columns of conditions and sort orders, so that queries do not read the documents. `document_text`
 * has the tokens of the texts; its rowid is the document's number.
 */
const schema = `
  create table document (
    number integer primary key,
    "index" text not null,
    id text not null,
    scored integer not null,
    started integer,
    created integer,
    handle text,
    name text,
    polarity real,
    subjectivity real,
    sentences integer,
    version integer not null,
    json text not null,
    unique ("index", id)
  ) strict;
  create index document_keys on document
    (scored, started, created, handle, polarity, subjectivity, sentences, name, "index", id);
  create index document_handle on document (handle collate nocase);
  create virtual table document_text using fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii');
`;

/** Creates the tables, and migrates the documents of an older release. */
export function prepareSchema(database: Database): void {
  database.exec(pragmas);
  const version = database.prepare("pragma user_version").get([]) as { user_version: number };
  if (version.user_version >= schemaVersion) return;
  const upgrade = database.transaction(() => {
    const isOld = hasRows(database, "select name from sqlite_schema where name = 'document'");
    if (isOld) database.exec("alter table document rename to old_document");
    database.exec("drop index if exists document_scored");
    database.exec(schema);
    if (isOld) moveDocuments(database);
    database.exec(`pragma user_version = ${schemaVersion}`);
  });
  upgrade();
}

/** Migrates the documents. Stores of 0.1.0 have no versions; as in Elasticsearch, a document without one gets version 1. */
function moveDocuments(database: Database): void {
  const hasVersions = hasRows(
    database,
    "select name from pragma_table_info('old_document') where name = 'version'",
  );
  const version = hasVersions ? "version" : "1 as version";
  const write = writeDocument(database);
  const next = database.prepare(
    `select "index", id, scored, ${version}, json from old_document where ("index", id) > (?, ?) order by "index", id limit 1000`,
  );
  let last: OldDocument | undefined;
  for (;;) {
    const rows = next.all([last?.index ?? "", last?.id ?? ""]) as OldDocument[];
    if (rows.length === 0) break;
    for (const { json, ...row } of rows) write({ ...row, document: JSON.parse(json) });
    last = rows.at(-1);
  }
  database.exec("drop table old_document");
}

interface OldDocument {
  index: string;
  id: string;
  scored: number;
  version: number;
  json: string;
}

function hasRows(database: Database, query: string): boolean {
  return database.prepare(query).all([]).length > 0;
}
