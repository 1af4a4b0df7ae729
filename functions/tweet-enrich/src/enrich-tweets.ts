import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Batch } from "@platform/shared/function/batch";
import { applyDeletions, deletedIds, noIds } from "./apply-deletions.ts";
import type { Clients } from "./clients.ts";
import type { Config } from "./config.ts";
import { recordOf, type SentimentDocument, type SentimentRecord } from "./enrich.ts";
import type { Origin } from "./origin.ts";
import { isWaiting, type StoreResult } from "./sinks/bulk-outcome.ts";
import type { RefusedRecord } from "./sinks/kafka-sink.ts";
import { newestRecords } from "./sinks/newest-records.ts";
import { storeRecords } from "./store-records.ts";
import type { Tweet } from "./tweet.ts";

/** The tweets of a call and where it comes from. */
export interface TweetCall {
  tweets: Batch<Tweet>;
  origin: Origin;
  /** `tweet`: the tweets are answered normalised, neither scored nor stored. */
  detail: "tweet" | undefined;
}

/**
 * The documents of the tweets, once every sink that is set has acknowledged all but those that are refused or wait: first
 * Elasticsearch, then Kafka, which gets only what the index has. Deletions are applied last.
 * @throws the error of the peers where all that could be stored waits, and what concerns the whole call.
 */
export async function enrichTweets(
  { tweets, origin }: TweetCall,
  config: Config,
  clients: Clients,
): Promise<Batch<SentimentDocument>> {
  const { scorer, kafka } = clients;
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
  const deleted = config.APPLY_DELETIONS ? deletedIds(tweets) : noIds;
  const stored = await records.mapTogether(async (some) => {
    const results = await storeRecords(some, { elasticsearch: clients.elasticsearch, deleted, signal });
    // A connector dead-letters what the function refuses.
    if (origin.topic === undefined) await kafka?.bury(refusedOf(some, results), signal);
    return results;
  });
  await kafka?.write(newestRecords(stored.values()), signal);
  await applyDeletions(deleted, clients, signal);
  return stored.map(({ record }) => record.document);
}

function withSentiment<S>(tweet: Tweet, sentiment: S | PlatformError) {
  return sentiment instanceof PlatformError ? sentiment : { tweet, sentiment };
}

function refusedOf(records: readonly SentimentRecord[], results: readonly StoreResult[]): RefusedRecord[] {
  return records.flatMap((record, index) => {
    const error = results[index];
    return error instanceof PlatformError && !isWaiting(error) ? [{ record, error }] : [];
  });
}
