import { asObject, isObject, type JsonObject } from "./json.ts";
import { authorsById } from "./twitter.ts";

/** A page of v2 tweets. Without a result it has no `data`, only `{"meta":{"result_count":0}}`. */
export interface TwitterPage extends JsonObject {
  readonly data?: readonly unknown[];
}

export function isTwitterPage(value: unknown): value is TwitterPage {
  if (!isObject(value)) return false;
  const hasCount = typeof asObject(value.meta)?.result_count === "number";
  return Array.isArray(value.data) || (value.data === undefined && hasCount);
}

/** The page's tweets as if each had come alone: `{data, includes}` with no author but its own. */
export function tweetsOfPage({ data = [], includes }: TwitterPage): JsonObject[] {
  const authors = authorsById(includes);
  return data.map((tweet) => ({
    data: tweet,
    includes: { users: [authors.get(asObject(tweet)?.author_id)] },
  }));
}
