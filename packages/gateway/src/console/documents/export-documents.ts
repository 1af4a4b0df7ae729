import { once } from "node:events";
import type { Response } from "express";
import { csvLine } from "./csv.ts";
import { documentRow } from "./document-row.ts";
import type { DocumentSearch, DocumentStore, FoundDocuments } from "./document-store.ts";
import { toText } from "./scored-post.ts";
import { maxExported } from "./view.ts";

type FoundDocument = FoundDocuments["documents"][number];

/** A format of an export. */
export interface ExportFormat {
  type: string;
  extension: string;
  head: string;
  line(document: FoundDocument): string;
}

export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  csv: {
    type: "text/csv; charset=utf-8",
    extension: "csv",
    head: csvLine([
      "index",
      "id",
      "scored",
      "created",
      "author",
      "user",
      "text",
      "polarity",
      "subjectivity",
      "sentences",
    ]),
    line(row) {
      const { index, id, scored, created, author, user, polarity, subjectivity, sentences } =
        documentRow(row);
      const text = toText(row.document["twitter.msg"]);
      const times = [scored, created].map((time) => (time === null ? null : new Date(time).toISOString()));
      return csvLine([index, id, ...times, author, user, text, polarity, subjectivity, sentences]);
    },
  },
  ndjson: {
    type: "application/x-ndjson",
    extension: "ndjson",
    head: "",
    line: ({ index, id, document }) => `${JSON.stringify({ _index: index, _id: id, ...document })}\n`,
  },
};

/** Returns the format with a name; undefined for unknown names. */
export function findExportFormat(name: string): ExportFormat | undefined {
  return Object.hasOwn(exportFormats, name) ? exportFormats[name] : undefined;
}

const pageSize = 2_000;

/**
 * Streams the matching documents with back-pressure. A failure after the first page breaks the connection, so that
 * an incomplete file is not mistaken for a complete one.
 */
export async function exportDocuments(
  store: DocumentStore,
  search: Omit<DocumentSearch, "size" | "cursor">,
  format: ExportFormat,
  response: Response,
): Promise<void> {
  let count = 0;
  let cursor: string | null | undefined;
  while (cursor !== null && count < maxExported) {
    search.signal?.throwIfAborted(); // the embedded store ignores the signal
    const size = Math.min(pageSize, maxExported - count);
    const page: FoundDocuments = await store.search({ ...search, size, cursor, isCounted: false });
    if (!response.headersSent) {
      const name = `documents-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}`;
      response.attachment(`${name}.${format.extension}`).type(format.type).set("cache-control", "no-store");
      response.write(format.head);
    }
    if (!response.write(page.documents.map(format.line).join("")) && !response.destroyed)
      await once(response, "drain", search.signal && { signal: search.signal });
    count += page.documents.length;
    cursor = page.next;
  }
  response.end();
}
