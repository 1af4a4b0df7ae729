import { parseOptionalCreatedAt } from "../created-at.ts";
import { decodeEntities } from "./entities.ts";
import { asId, asObject, asString, type JsonObject } from "./json.ts";
import type { PostForm } from "./post-form.ts";

/**
 * A tweet of Twitter's API v1.1 (`text`, `user.screen_name`) or v2 (`{data, includes}`, or the bare tweet without an
 * author). A retweet has the text of the original tweet, because its own text is truncated, but its own id, date and author.
 */
export const twitter: PostForm = {
  form: "Twitter's API v1.1 and v2: a tweet, with the full text of a long tweet or a retweet; `&amp;` `&lt;` `&gt;` are decoded",
  id: "`id_str`, else `id`",
  date: "`created_at`",
  author: "`user.screen_name`, `user.name`; v2: `username`, `name` in `includes.users`",
  version: "",
  parse(value) {
    const tweet = asObject(value.data) ?? value;
    if (!hasMark(tweet)) return undefined;
    const text = readText(retweeted(tweet, value.includes)) ?? readText(tweet);
    // Only the names of the author distinguish the flat form from a bare tweet of v2.
    const isFlat = typeof tweet.user === "string" || "handle" in tweet;
    if (text === undefined || isFlat) return undefined;
    const author = asObject(tweet.user) ?? findIncluded(value.includes, "users", tweet.author_id);
    return {
      id: asString(tweet.id_str) ?? asId(tweet.id),
      text: decodeEntities(text),
      createdAt: parseOptionalCreatedAt(tweet.created_at),
      handle: asString(author?.screen_name ?? author?.username),
      user: asString(author?.name),
    };
  },
};

const marks = [
  ...["id_str", "full_text", "extended_tweet", "retweeted_status", "truncated", "entities"],
  ...["author_id", "edit_history_tweet_ids", "note_tweet", "referenced_tweets"],
];

/** Whether a field identifies a tweet of the API. In the flat form, texts have no entities. */
function hasMark(tweet: JsonObject): boolean {
  return (
    asObject(tweet.user) !== undefined ||
    marks.some((name) => name in tweet) ||
    isTweetId(tweet.id) ||
    isV1Date(tweet.created_at)
  );
}

/** No other API writes dates as `Wed Oct 10 20:19:24 +0000 2018`. */
function isV1Date(date: unknown): boolean {
  return typeof date === "string" && /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d /.test(date);
}

function isTweetId(id: unknown): boolean {
  return typeof id === "number" || (typeof id === "string" && /^\d+$/.test(id));
}

/** Finds a user or a tweet by its id in the `includes` of v2 (`expansions`). */
function findIncluded(includes: unknown, kind: "users" | "tweets", id: unknown): JsonObject | undefined {
  const list = asObject(includes)?.[kind];
  if (id === undefined || !Array.isArray(list)) return undefined;
  return asObject(list.find((item) => asObject(item)?.id === id));
}

/** The id of the original tweet of a v2 retweet. */
export function retweetedId(tweet: JsonObject | undefined): unknown {
  const references = tweet?.referenced_tweets;
  if (!Array.isArray(references)) return undefined;
  return references.map(asObject).find((reference) => reference?.type === "retweeted")?.id;
}

function retweeted(tweet: JsonObject, includes: unknown): JsonObject | undefined {
  return asObject(tweet.retweeted_status) ?? findIncluded(includes, "tweets", retweetedId(tweet));
}

/** Both APIs truncate long texts in `text`; the full text is in `full_text` (v1.1) or `note_tweet` (v2). */
function readText(tweet: JsonObject | undefined): string | undefined {
  const text =
    asObject(tweet?.extended_tweet)?.full_text ??
    asObject(tweet?.note_tweet)?.text ??
    tweet?.full_text ??
    tweet?.text;
  return typeof text === "string" ? text : undefined;
}
