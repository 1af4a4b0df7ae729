import { rejectableTweets } from "../functions/rejectable-tweets.ts";
import type { TopicMessage } from "../kafka/topic-messages.ts";

/** The flows, and the header dead-letter-function of each. */
const letterWriters = { "twitter-sentiment": "nifi", "tweet-enrich": "tweet-enrich" } as const;

/** What a flow writes as dead letters of all rejectable tweets, `code: value`, sorted. */
export function refusedLetters(flow: keyof typeof letterWriters): string[] {
  return rejectableTweets
    .map(({ code, line }) => {
      const isScored = flow === "twitter-sentiment" && code === "empty_text";
      return `${code}: ${isScored ? emptyNormalized : line}`;
    })
    .sort();
}

/** Only its score tells that a tweet is empty; it has been normalised by then. */
const emptyNormalized = JSON.stringify({
  id: "900",
  index: "sentiment-2018-10",
  version: null,
  "twitter.created_at": "Wed Oct 31 23:59:59 +0000 2018",
  "twitter.handle": "mallory",
  "twitter.msg": " ",
  "twitter.user": "Mallory",
});

/** The dead letters among these that a flow wrote. */
export function lettersOf(
  flow: keyof typeof letterWriters,
  letters: readonly TopicMessage[],
): TopicMessage[] {
  return letters.filter(({ headers }) => headers["dead-letter-function"] === letterWriters[flow]);
}

/** `code: value` of each, sorted. */
export function summaries(letters: readonly TopicMessage[]): string[] {
  return letters.map(({ headers, value }) => `${headers["dead-letter-code"]}: ${value}`).sort();
}
