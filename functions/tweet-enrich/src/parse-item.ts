import { TooManyItemsError } from "@platform/shared/errors/request-errors";
import { Batch, type BatchItem } from "@platform/shared/function/batch";
import { NotATweetError } from "./errors.ts";
import { readNotice } from "./notices/notices.ts";
import { parseTweet, toTextTweet } from "./parse-tweet.ts";
import { isObject } from "./posts/json.ts";
import type { Tweet } from "./tweet.ts";
import { readJsonText } from "./wrappers/json-text.ts";
import { openWrapper } from "./wrappers/wrappers.ts";

/** Maximum nesting; an array and the object around it count as two. */
const maxDepth = 8;

/**
 * Parses a JSON value of a call: a tweet, a notice to skip, or a batch of several. The value is a whole body, an array item,
 * an NDJSON line, or the content of a wrapper.
 * @throws NotATweetError, TextTooLongError, InvalidCreatedAtError (422), TooManyItemsError (413), InvalidJsonError (400).
 */
export function parseItem(value: unknown, limit: number, depth = 0): BatchItem<Tweet> {
  if (depth > maxDepth) throw new NotATweetError({ problem: "too deep" });
  if (typeof value === "string") return parseText(value, limit, depth);
  if (Array.isArray(value)) {
    if (value.length > limit) throw new TooManyItemsError({ items: value.length, limit });
    return new Batch<unknown>("array", value).map((item) => parseItem(item, limit, depth + 1));
  }
  if (!isObject(value)) throw new NotATweetError({ problem: "no object" });
  const tweet = parseTweet(value);
  if (tweet !== undefined) return tweet;
  const content = openWrapper(value);
  if (content !== undefined) return parseItem(content, limit, depth + 1);
  const notice = readNotice(value);
  if (notice !== undefined) return notice;
  throw new NotATweetError({ problem: "no text" });
}

/** Parses a string: the text of a tweet, or the JSON text of one from a sender that encodes twice. */
function parseText(text: string, limit: number, depth: number): BatchItem<Tweet> {
  const json = readJsonText(text);
  return json === undefined ? toTextTweet(text) : parseItem(json, limit, depth + 1);
}
