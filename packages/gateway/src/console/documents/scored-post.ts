import type { ScoredPost } from "../live/view.ts";

/** A document of tweet-enrich or of another program that writes to its indexes. Any field may be missing or invalid. */
export type StoredDocument = Readonly<Record<string, unknown>>;

const longestText = 500;

/** Reduces a document to the displayed fields. */
export function toPost(
  { index, id }: Pick<ScoredPost, "index" | "id">,
  document: StoredDocument,
): ScoredPost {
  return {
    index,
    id,
    handle: toText(document["twitter.handle"]),
    user: toText(document["twitter.user"]),
    text: shownText(toText(document["twitter.msg"]) ?? ""),
    polarity: Number(document.polarity),
    subjectivity: Number(document.subjectivity),
    time: parseTime(document.Date) ?? 0,
  };
}

export function toText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Parses both date formats of documents, to milliseconds since 1970. */
export function parseTime(value: unknown): number | null {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** Truncates a text for display, between characters. */
export function shownText(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
