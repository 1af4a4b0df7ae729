import type { DocumentKey } from "./document-store.ts";
import { parseTime, type StoredDocument, shownText, toText } from "./scored-post.ts";
import type { DocumentRow } from "./view.ts";

/** Reduces a document to the fields of a list. */
export function documentRow({
  index,
  id,
  document,
}: DocumentKey & { document: StoredDocument }): DocumentRow {
  return {
    index,
    id,
    author: toText(document["twitter.handle"]),
    user: toText(document["twitter.user"]),
    text: shownText(toText(document["twitter.msg"]) ?? ""),
    polarity: toNumber(document.polarity),
    subjectivity: toNumber(document.subjectivity),
    sentences: toNumber(document.sentence_count),
    scored: parseTime(document.Date),
    created: parseTime(document["twitter.created_at"]),
  };
}

function toNumber(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
