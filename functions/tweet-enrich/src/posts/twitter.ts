import { createdAtOf } from "../created-at.ts";
import type { Tweet } from "../tweet.ts";
import { asId, asObject, asString, type JsonObject } from "./json.ts";

/**
 * A tweet of Twitter's API v1.1 (`text`, `user.screen_name`) or v2 (`{data, includes.users}`, or the bare tweet, which
 * names no author), or undefined when the value is none.
 * @throws InvalidCreatedAtError (422).
 */
export function parseTwitter(value: JsonObject): Tweet | undefined {
  const tweet = asObject(value.data) ?? value;
  const text = textOf(tweet);
  // Only by its author's names can the flat form be told from a bare tweet of v2.
  const isFlat = typeof tweet.user === "string" || "handle" in tweet;
  if (text === undefined || isFlat) return undefined;
  const author = asObject(tweet.user) ?? authorsById(value.includes).get(tweet.author_id);
  return {
    id: asString(tweet.id_str) ?? asId(tweet.id),
    text,
    createdAt: createdAtOf(tweet.created_at),
    handle: asString(author?.screen_name ?? author?.username),
    user: asString(author?.name),
  };
}

/** v2 gives the authors beside the tweets (`expansions=author_id`). */
export function authorsById(includes: unknown): Map<unknown, JsonObject> {
  const users = asObject(includes)?.users;
  const authors = Array.isArray(users) ? users.map(asObject) : [];
  return new Map(authors.flatMap((author) => (author?.id === undefined ? [] : [[author.id, author]])));
}

/** Both APIs cut long texts in `text` and have the whole one elsewhere: v1.1 in `full_text`, v2 in `note_tweet`. */
function textOf(tweet: JsonObject): string | undefined {
  const text =
    asObject(tweet.extended_tweet)?.full_text ??
    asObject(tweet.note_tweet)?.text ??
    tweet.full_text ??
    tweet.text;
  return typeof text === "string" ? text : undefined;
}
