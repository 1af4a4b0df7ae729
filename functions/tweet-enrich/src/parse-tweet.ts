import { NotATweetError } from "./errors.ts";
import { parseBluesky } from "./posts/bluesky.ts";
import { parseFlat } from "./posts/flat.ts";
import { isObject } from "./posts/json.ts";
import { parseMastodon } from "./posts/mastodon.ts";
import { nameWithinLimit, withinLimit } from "./posts/text-limit.ts";
import { parseTwitter } from "./posts/twitter.ts";
import { isTwitterPage } from "./posts/twitter-page.ts";
import type { Tweet } from "./tweet.ts";

/**
 * The tweet in a JSON value: of Twitter's API v1.1 or v2, a Bluesky or Mastodon post, the flat form, or a string, which
 * is its text.
 * @throws NotATweetError, TextTooLongError, InvalidCreatedAtError (422).
 */
export function parseTweet(value: unknown): Tweet {
  const tweet = typeof value === "string" ? textAlone(value) : parseObject(value);
  withinLimit(tweet.text);
  nameWithinLimit(tweet.handle);
  nameWithinLimit(tweet.user);
  return tweet;
}

function parseObject(value: unknown): Tweet {
  if (!isObject(value)) throw new NotATweetError({ found: "no object" });
  // One that is the whole body has been taken apart before.
  if (isTwitterPage(value)) throw new NotATweetError({ found: "a page" });
  const tweet = parseBluesky(value) ?? parseMastodon(value) ?? parseTwitter(value) ?? parseFlat(value);
  if (tweet === undefined) throw new NotATweetError({ found: "no text" });
  return tweet;
}

function textAlone(text: string): Tweet {
  return { id: undefined, text, createdAt: undefined, handle: undefined, user: undefined };
}
