import type { DocumentKey } from "./document-store.ts";
import { type StoredDocument, shownText, textOf, timeOf } from "./scored-post.ts";
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
    author: textOf(document["twitter.handle"]),
    user: textOf(document["twitter.user"]),
    text: shownText(textOf(document["twitter.msg"]) ?? ""),
    polarity: numberOf(document.polarity),
    subjectivity: numberOf(document.subjectivity),
    sentences: numberOf(document.sentence_count),
    scored: timeOf(document.Date),
    created: timeOf(document["twitter.created_at"]),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
