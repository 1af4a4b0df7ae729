import type { Database } from "libsql";
import type { DocumentKey } from "../console/documents/document-store.ts";
import { parseTime, type StoredDocument, toText } from "../console/documents/scored-post.ts";
import { indexedTokens } from "./indexed-tokens.ts";

/** A document and its metadata. */
interface DocumentRecord extends DocumentKey {
  document: StoredDocument;
  /** The time of the score, in milliseconds since 1970. */
  scored: number;
  version: number;
}

/** Returns a function that inserts a document or replaces the one with the same index and id. Call it in a transaction. */
export function writeDocument(database: Database): (record: DocumentRecord) => void {
  const insert = database.prepare(
    `insert into document ("index", id, scored, started, created, handle, name, polarity, subjectivity, sentences, version, json)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertText = database.prepare("insert into document_text (rowid, tokens) values (?, ?)");
  const remove = removeDocuments(database, '"index" = ? and id = ?');
  return ({ index, id, document, scored, version }) => {
    remove([index, id]);
    const { lastInsertRowid } = insert.run([
      index,
      id,
      scored,
      toWholeNumber(document["X-Start-Time"]),
      parseTime(document["twitter.created_at"]),
      toText(document["twitter.handle"]),
      toText(document["twitter.user"]),
      toFloat(document.polarity),
      toFloat(document.subjectivity),
      toWholeNumber(document.sentence_count),
      version,
      JSON.stringify(document),
    ]);
    insertText.run([lastInsertRowid, indexedTokens(toText(document["twitter.msg"]) ?? "")]);
  };
}

/** Returns a function that removes the matching documents and returns their count. Call it in a transaction. */
export function removeDocuments(
  database: Database,
  condition: string,
): (values: (string | number)[]) => number {
  const text = database.prepare(
    `delete from document_text where rowid in (select number from document where ${condition})`,
  );
  const documents = database.prepare(`delete from document where ${condition}`);
  return (values) => {
    text.run(values);
    return documents.run(values).changes;
  };
}

/** Rounds a number to a float, as Elasticsearch's mapping does. */
function toFloat(value: unknown): number | null {
  return typeof value === "number" ? Math.fround(value) : null;
}

/** Returns a whole number; null beyond the 64 bits of a strict column. */
function toWholeNumber(value: unknown): number | null {
  return typeof value === "number" && Math.abs(value) < 2 ** 63 ? Math.trunc(value) : null;
}
