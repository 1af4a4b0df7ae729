import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Batch } from "@platform/shared/function/batch";
import type { Clients } from "./clients.ts";
import type { Config } from "./config.ts";
import { recordOf, type SentimentDocument, type SentimentRecord } from "./enrich.ts";
import type { Origin } from "./origin.ts";
import type { RefusedRecord } from "./sinks/kafka-sink.ts";
import type { Tweet } from "./tweet.ts";

/** The tweets of a call and where it comes from. */
export interface TweetCall {
  tweets: Batch<Tweet>;
  origin: Origin;
  /** `tweet`: the tweets are answered normalised, neither scored nor stored. */
  detail: "tweet" | undefined;
}

/**
 * The documents of the tweets, once every sink that is set has acknowledged all but those that are refused: first
 * Elasticsearch, then Kafka, which gets only what the index has.
 */
export async function enrichTweets(
  { tweets, origin }: TweetCall,
  config: Config,
  clients: Clients,
): Promise<Batch<SentimentDocument>> {
  const { scorer, elasticsearch, kafka } = clients;
  const signal = AbortSignal.timeout(config.ENRICH_TIMEOUT);
  const scoredAt = new Date();
  const scored = await tweets.mapTogether(async (some) => {
    const sentiments = await scorer.score(
      some.map(({ text }) => text),
      signal,
    );
    return some.map((tweet, index) => withSentiment(tweet, sentiments[index]!));
  });
  const records = scored.map(({ tweet, sentiment }, place) =>
    recordOf(tweet, sentiment, { origin, place, scoredAt }),
  );
  const stored =
    elasticsearch === undefined
      ? records
      : await records.mapTogether(async (some) => {
          const results = await elasticsearch.store(some, signal);
          // A connector keeps what it has sent until it has seen to each error itself.
          if (origin.topic === undefined) await kafka?.bury(refusedOf(some, results), signal);
          return results;
        });
  await kafka?.write(stored.values(), signal);
  return stored.map(({ document }) => document);
}

function withSentiment<S>(tweet: Tweet, sentiment: S | PlatformError) {
  return sentiment instanceof PlatformError ? sentiment : { tweet, sentiment };
}

function refusedOf(records: readonly SentimentRecord[], results: readonly unknown[]): RefusedRecord[] {
  return records.flatMap((record, index) => {
    const error = results[index];
    return error instanceof PlatformError ? [{ record, error }] : [];
  });
}
