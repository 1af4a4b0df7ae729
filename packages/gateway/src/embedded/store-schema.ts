import type { Database } from "libsql";

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
    version integer not null default 1,
    primary key ("index", id)
  ) strict, without rowid;
  create index if not exists document_scored on document (scored);
`;

/** Stores of 0.1.0 have no versions. A document that was stored without one has version 1, as in Elasticsearch. */
const versionColumn = "alter table document add column version integer not null default 1";

/** Makes the table, and adds the column that the store of an older release lacks. */
export function prepareSchema(database: Database): void {
  database.exec(schema);
  if (!hasVersions(database)) database.exec(versionColumn);
}

function hasVersions(database: Database): boolean {
  const columns = database.prepare("select name from pragma_table_info('document')").all([]);
  return (columns as { name: string }[]).some(({ name }) => name === "version");
}
