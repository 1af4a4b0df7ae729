import { rejectableTweets } from "../functions/rejectable-tweets.ts";
import type { TopicMessage } from "../kafka/topic-messages.ts";

/** The flows, with the header dead-letter-function of each. */
const letterWriters = { "twitter-sentiment": "nifi", "tweet-enrich": "tweet-enrich" } as const;

/** The dead letters that a flow writes for all rejectable tweets, `code: value`, sorted. */
export function refusedLetters(flow: keyof typeof letterWriters): string[] {
  return rejectableTweets
    .map(({ code, line }) => {
      const isScored = flow === "twitter-sentiment" && code === "empty_text";
      return `${code}: ${isScored ? emptyNormalized : line}`;
    })
    .sort();
}

/** Only the score shows that a tweet is empty, after it has been normalised. */
const emptyNormalized = JSON.stringify({
  id: "900",
  index: "sentiment-2018-10",
  version: null,
  "twitter.created_at": "Wed Oct 31 23:59:59 +0000 2018",
  "twitter.handle": "mallory",
  "twitter.msg": " ",
  "twitter.user": "Mallory",
});

/** Returns the dead letters that a flow wrote. */
export function selectLetters(
  flow: keyof typeof letterWriters,
  letters: readonly TopicMessage[],
): TopicMessage[] {
  return letters.filter(({ headers }) => headers["dead-letter-function"] === letterWriters[flow]);
}

/** `code: value` of each, sorted. */
export function summarize(letters: readonly TopicMessage[]): string[] {
  return letters.map(({ headers, value }) => `${headers["dead-letter-code"]}: ${value}`).sort();
}
