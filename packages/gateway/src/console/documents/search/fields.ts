import type { DateField, KeywordField, NumberField } from "./condition.ts";

/** A searchable field, such as `author` in `author:ada`. */
export type SearchField =
  | { kind: "text" }
  | { kind: "keyword"; name: KeywordField }
  | { kind: "number"; name: NumberField }
  | { kind: "date"; name: DateField };

const short: Readonly<Record<string, SearchField>> = {
  text: { kind: "text" },
  author: { kind: "keyword", name: "author" },
  user: { kind: "keyword", name: "user" },
  id: { kind: "keyword", name: "id" },
  index: { kind: "keyword", name: "index" },
  polarity: { kind: "number", name: "polarity" },
  subjectivity: { kind: "number", name: "subjectivity" },
  sentences: { kind: "number", name: "sentences" },
  scored: { kind: "date", name: "scored" },
  created: { kind: "date", name: "created" },
};

/** Aliases: the field names of the stored documents. */
const ofDocument: Readonly<Record<string, string>> = {
  "twitter.msg": "text",
  "twitter.handle": "author",
  "twitter.user": "user",
  "twitter.created_at": "created",
  sentence_count: "sentences",
  Date: "scored",
  _id: "id",
  _index: "index",
};

/** The names for help and error messages. */
export const fieldNames: readonly string[] = Object.keys(short);

/** Returns the field with a name; undefined for unknown names. */
export function findField(name: string): SearchField | undefined {
  const key = Object.hasOwn(ofDocument, name) ? ofDocument[name]! : name;
  return Object.hasOwn(short, key) ? short[key] : undefined;
}
