import { TextTooLongError } from "../errors.ts";

/** Four times the longest post of any network. */
const maxTextLength = 100_000;

/** More than any network allows. A document with the longest text and names stays below Kafka's limit of 1 MB. */
const maxNameLength = 1_000;

/** Returns the text. @throws TextTooLongError (422) when it exceeds the limit. */
export function withinLimit(text: string): string {
  const { length } = text;
  if (length > maxTextLength)
    throw new TextTooLongError({ subject: "tweet's text", length, limit: maxTextLength });
  return text;
}

/** Checks an author's handle or display name. @throws TextTooLongError (422) when it exceeds the limit. */
export function nameWithinLimit(name = ""): void {
  const { length } = name;
  if (length > maxNameLength)
    throw new TextTooLongError({ subject: "author's name", length, limit: maxNameLength });
}
