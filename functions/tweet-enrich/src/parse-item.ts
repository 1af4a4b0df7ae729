import { TooManyItemsError } from "@platform/shared/errors/request-errors";
import { Batch, type BatchItem } from "@platform/shared/function/batch";
import { NotATweetError } from "./errors.ts";
import { readNotice } from "./notices/notices.ts";
import { parseTweet, tweetOfText } from "./parse-tweet.ts";
import { isObject } from "./posts/json.ts";
import type { Tweet } from "./tweet.ts";
import { readJsonText } from "./wrappers/json-text.ts";
import { openWrapper } from "./wrappers/wrappers.ts";

/** An array and the object around it are two. */
const deepest = 8;

/**
 * What a JSON value of a call is: a tweet, a notice to skip, or a batch where it holds several. The same for a whole body,
 * an item of an array, a line of NDJSON, and what is packed in any of these.
 * @throws NotATweetError, TextTooLongError, InvalidCreatedAtError (422), TooManyItemsError (413), InvalidJsonError (400).
 */
export function parseItem(value: unknown, limit: number, depth = 0): BatchItem<Tweet> {
  if (depth > deepest) throw new NotATweetError({ found: "too deep" });
  if (typeof value === "string") return parseText(value, limit, depth);
  if (Array.isArray(value)) {
    if (value.length > limit) throw new TooManyItemsError({ items: value.length, limit });
    return new Batch<unknown>("array", value).map((item) => parseItem(item, limit, depth + 1));
  }
  if (!isObject(value)) throw new NotATweetError({ found: "no object" });
  const tweet = parseTweet(value);
  if (tweet !== undefined) return tweet;
  const content = openWrapper(value);
  if (content !== undefined) return parseItem(content, limit, depth + 1);
  const notice = readNotice(value);
  if (notice !== undefined) return notice;
  throw new NotATweetError({ found: "no text" });
}

/** Senders that encode JSON twice send a string with the JSON text of a tweet. */
function parseText(text: string, limit: number, depth: number): BatchItem<Tweet> {
  const json = readJsonText(text);
  return json === undefined ? tweetOfText(text) : parseItem(json, limit, depth + 1);
}
