import type { ScoredPost } from "../live/view.ts";

/** A document of tweet-enrich, or of another who writes to its indexes: any field may be missing or odd. */
export type StoredDocument = Readonly<Record<string, unknown>>;

const longestText = 500;

/** A document cut down to what is shown. */
export function postOf(
  { index, id }: Pick<ScoredPost, "index" | "id">,
  document: StoredDocument,
): ScoredPost {
  return {
    index,
    id,
    handle: textOf(document["twitter.handle"]),
    user: textOf(document["twitter.user"]),
    text: shownText(textOf(document["twitter.msg"]) ?? ""),
    polarity: Number(document.polarity),
    subjectivity: Number(document.subjectivity),
    time: timeOf(document.Date) ?? 0,
  };
}

export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Milliseconds since 1970, of both forms of date that documents have. */
export function timeOf(value: unknown): number | null {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** A text cut down to what is shown, never through a character. */
export function shownText(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
