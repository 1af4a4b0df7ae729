import { createdAtOf } from "../created-at.ts";
import { decodeEntities } from "./entities.ts";
import { asId, asObject, asString, type JsonObject } from "./json.ts";
import type { PostForm } from "./post-form.ts";

/**
 * A tweet of Twitter's API v1.1 (`text`, `user.screen_name`) or v2 (`{data, includes}`, or the bare tweet, which names no
 * author). A retweet has the text of the tweet that it repeats, because its own is cut; id, date and author are its own.
 */
export const twitter: PostForm = {
  form: "Twitter's API v1.1 and v2: a tweet, with the whole text of a long tweet or a retweet; `&amp;` `&lt;` `&gt;` are decoded",
  id: "`id_str`, else `id`",
  date: "`created_at`",
  author: "`user.screen_name`, `user.name`; v2: `username`, `name` in `includes.users`",
  version: "",
  parse(value) {
    const tweet = asObject(value.data) ?? value;
    if (!hasMark(tweet)) return undefined;
    const text = textOf(retweeted(tweet, value.includes)) ?? textOf(tweet);
    // Only by its author's names can the flat form be told from a bare tweet of v2.
    const isFlat = typeof tweet.user === "string" || "handle" in tweet;
    if (text === undefined || isFlat) return undefined;
    const author = asObject(tweet.user) ?? included(value.includes, "users", tweet.author_id);
    return {
      id: asString(tweet.id_str) ?? asId(tweet.id),
      text: decodeEntities(text),
      createdAt: createdAtOf(tweet.created_at),
      handle: asString(author?.screen_name ?? author?.username),
      user: asString(author?.name),
    };
  },
};

const marks = [
  ...["id_str", "full_text", "extended_tweet", "retweeted_status", "truncated", "entities"],
  ...["author_id", "edit_history_tweet_ids", "note_tweet", "referenced_tweets"],
];

/** Whether a field tells that this is a tweet of the API. In the flat form a text is as its author wrote it. */
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

/** What v2 gives beside the tweets (`expansions`): the author with an id, or the tweet that another refers to. */
function included(includes: unknown, kind: "users" | "tweets", id: unknown): JsonObject | undefined {
  const list = asObject(includes)?.[kind];
  if (id === undefined || !Array.isArray(list)) return undefined;
  return asObject(list.find((item) => asObject(item)?.id === id));
}

/** The id of the tweet that a tweet of v2 repeats. */
export function retweetedId(tweet: JsonObject | undefined): unknown {
  const references = tweet?.referenced_tweets;
  if (!Array.isArray(references)) return undefined;
  return references.map(asObject).find((reference) => reference?.type === "retweeted")?.id;
}

function retweeted(tweet: JsonObject, includes: unknown): JsonObject | undefined {
  return asObject(tweet.retweeted_status) ?? included(includes, "tweets", retweetedId(tweet));
}

/** Both APIs cut long texts in `text` and have the whole one elsewhere: v1.1 in `full_text`, v2 in `note_tweet`. */
function textOf(tweet: JsonObject | undefined): string | undefined {
  const text =
    asObject(tweet?.extended_tweet)?.full_text ??
    asObject(tweet?.note_tweet)?.text ??
    tweet?.full_text ??
    tweet?.text;
  return typeof text === "string" ? text : undefined;
}
