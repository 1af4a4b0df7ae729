import { parseCreatedAt } from "./created-at.ts";
import { NotATweetError, TextTooLongError } from "./errors.ts";

/** What the platform needs of a tweet, whichever API it came from. */
export interface Tweet {
  text: string;
  createdAt: Date | undefined;
  /** The author's handle, without the @. */
  handle: string | undefined;
  /** The author's display name. */
  user: string | undefined;
}

/** Four times the longest post there is. */
const longestText = 100_000;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The tweet in a JSON value: Twitter API v1.1 (`text`, `user.screen_name`), or v2 (`{data, includes.users}`, or
 * the bare tweet, which names no author).
 * @throws NotATweetError, TextTooLongError, InvalidCreatedAtError (422).
 */
export function parseTweet(value: unknown): Tweet {
  if (!isObject(value)) throw new NotATweetError({ missing: "object" });
  const tweet = isObject(value.data) ? value.data : value;
  const author = isObject(tweet.user) ? tweet.user : authorInIncludes(value, tweet.author_id);
  const { created_at: createdAt } = tweet;
  return {
    text: textOf(tweet),
    createdAt: createdAt === undefined || createdAt === null ? undefined : parseCreatedAt(createdAt),
    handle: asString(author?.screen_name ?? author?.username),
    user: asString(author?.name),
  };
}

/** v1.1 cuts long texts in `text` and has the whole one elsewhere. */
function textOf(tweet: JsonObject): string {
  const extended = isObject(tweet.extended_tweet) ? tweet.extended_tweet.full_text : undefined;
  const text = extended ?? tweet.full_text ?? tweet.text;
  if (typeof text !== "string") throw new NotATweetError({ missing: "text" });
  if (text.length > longestText) throw new TextTooLongError({ length: text.length, limit: longestText });
  return text;
}

/** v2 gives the authors beside the tweets (`expansions=author_id`). */
function authorInIncludes(value: JsonObject, authorId: unknown): JsonObject | undefined {
  const users = isObject(value.includes) && Array.isArray(value.includes.users) ? value.includes.users : [];
  return users.find((user): user is JsonObject => isObject(user) && user.id === authorId);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
