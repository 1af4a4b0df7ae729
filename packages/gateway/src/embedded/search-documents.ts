import type { Database } from "libsql";
import { decodeCursor, encodeCursor } from "../console/documents/cursor.ts";
import type { DocumentSearch, FoundDocuments } from "../console/documents/document-store.ts";
import { conditionSql, type Sql } from "./condition-sql.ts";

/** A column of the sort order. A missing value is the least. */
interface SortKey {
  column: string;
  isDescending: boolean;
}

type KeyValue = string | number | null;

const tieBreakers: readonly SortKey[] = [
  { column: "scored", isDescending: true },
  { column: "started", isDescending: true },
  { column: "created", isDescending: true },
  { column: "handle", isDescending: false },
  { column: '"index"', isDescending: false },
  { column: "id", isDescending: false },
];

/** Searches the embedded store. */
export function searchDocuments(database: Database, search: DocumentSearch): FoundDocuments {
  const { condition, sort, isDescending, size, cursor, isCounted = true } = search;
  const keys = [{ column: sort, isDescending }, ...tieBreakers.filter(({ column }) => column !== sort)];
  const matches = conditionSql(condition);
  const start = cursor === undefined ? undefined : startAfter(keys, cursor);
  const where = start === undefined ? matches.text : `${matches.text} and ${start.text}`;
  const order = keys.map(({ column, isDescending: descends }) => `${column}${descends ? " desc" : ""}`);
  const columns = keys.map(({ column }, index) => `${column} as k${index}`);
  const rows = database
    .prepare(`select number, ${columns} from document where ${where} order by ${order} limit ?`)
    .all([...matches.values, ...(start?.values ?? []), size + 1]) as ({ number: number } & Record<
    string,
    KeyValue
  >)[];
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  const read = database.prepare('select "index", id, json from document where number = ?');
  return {
    documents: shown.map(({ number }) => {
      const { index, id, json } = read.get([number]) as { index: string; id: string; json: string };
      return { index, id, document: JSON.parse(json) };
    }),
    total: isCounted ? countDocuments(database, matches) : 0,
    next: last === undefined ? null : encodeCursor(keys.map((_, index) => last[`k${index}`] ?? null)),
  };
}

function countDocuments(database: Database, { text, values }: Sql): number {
  const query = database.prepare(`select count(*) as count from document where ${text}`);
  return (query.get(values) as { count: number }).count;
}

/** Builds the condition for documents after the cursor. */
function startAfter(keys: readonly SortKey[], cursor: string): Sql {
  const isPosition = (value: unknown): value is KeyValue[] =>
    Array.isArray(value) && value.length === keys.length && value.every(isKeyValue);
  const position = decodeCursor(cursor, isPosition);
  const { text, values } = after(keys, position);
  // The separate comparison of the first column lets SQLite start in an index.
  const [first] = keys;
  if (first!.column !== "scored" || position[0] === null) return { text, values };
  return {
    text: `scored ${first!.isDescending ? "<=" : ">="} ? and ${text}`,
    values: [position[0] as number, ...values],
  };
}

function isKeyValue(value: unknown): value is KeyValue {
  return value === null || typeof value === "string" || typeof value === "number";
}

function after([key, ...otherKeys]: readonly SortKey[], [value, ...others]: readonly KeyValue[]): Sql {
  if (key === undefined) return { text: "false", values: [] };
  const { column, isDescending } = key;
  const rest = after(otherKeys, others);
  if (value == null) {
    const text = `(${isDescending ? "false" : `${column} is not null`} or (${column} is null and ${rest.text}))`;
    return { text, values: rest.values };
  }
  const beyond = isDescending ? `${column} < ? or ${column} is null` : `${column} > ?`;
  return {
    text: `(${beyond} or (${column} = ? and ${rest.text}))`,
    values: [value, value, ...rest.values],
  };
}
