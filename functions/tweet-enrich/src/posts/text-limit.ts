import { TextTooLongError } from "../errors.ts";

/** Four times the longest post there is. */
const longestText = 100_000;

/** More than any network allows. A document with the longest text and names is less than Kafka's megabyte. */
const longestName = 1_000;

/** The text, if a post may be that long; otherwise throws TextTooLongError (422). */
export function withinLimit(text: string): string {
  const { length } = text;
  if (length > longestText) throw new TextTooLongError({ what: "tweet's text", length, limit: longestText });
  return text;
}

/** The same for an author's handle or display name. */
export function nameWithinLimit(name = ""): void {
  const { length } = name;
  if (length > longestName) throw new TextTooLongError({ what: "author's name", length, limit: longestName });
}
