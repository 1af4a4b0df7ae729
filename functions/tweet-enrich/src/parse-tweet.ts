import type { JsonObject } from "./posts/json.ts";
import { postForms } from "./posts/post-forms.ts";
import { nameWithinLimit, withinLimit } from "./posts/text-limit.ts";
import { wellFormed } from "./posts/well-formed.ts";
import type { Tweet } from "./tweet.ts";

/**
 * Parses an object of a known form; returns undefined for another object. All texts of the tweet are well-formed Unicode.
 * @throws TextTooLongError, InvalidCreatedAtError (422).
 */
export function parseTweet(value: JsonObject): Tweet | undefined {
  for (const form of postForms) {
    const tweet = form.parse(value);
    if (tweet !== undefined) return checked(tweet);
  }
  return undefined;
}

/**
 * Creates a tweet that has only a text.
 * @throws TextTooLongError (422).
 */
export function toTextTweet(text: string): Tweet {
  return checked({ id: undefined, text, createdAt: undefined, handle: undefined, user: undefined });
}

function checked(tweet: Tweet): Tweet {
  withinLimit(tweet.text);
  nameWithinLimit(tweet.handle);
  nameWithinLimit(tweet.user);
  tweet.text = wellFormed(tweet.text);
  tweet.id &&= wellFormed(tweet.id);
  tweet.handle &&= wellFormed(tweet.handle);
  tweet.user &&= wellFormed(tweet.user);
  return tweet;
}
