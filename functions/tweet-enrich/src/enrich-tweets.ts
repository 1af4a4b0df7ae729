import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Batch } from "@platform/shared/function/batch";
import { applyDeletions, deletedIds, emptyIds } from "./apply-deletions.ts";
import type { Clients } from "./clients.ts";
import type { Config } from "./config.ts";
import { type SentimentDocument, type SentimentRecord, toRecord } from "./enrich.ts";
import type { Origin } from "./origin.ts";
import { isWaiting, type StoreResult } from "./sinks/bulk-outcome.ts";
import type { RefusedRecord } from "./sinks/kafka-sink.ts";
import { newestRecords } from "./sinks/newest-records.ts";
import { storeRecords } from "./store-records.ts";
import type { Tweet } from "./tweet.ts";

/** The tweets of a call with the origin of the call. */
export interface TweetCall {
  tweets: Batch<Tweet>;
  origin: Origin;
  /** `tweet`: return the normalised tweets; neither score nor store them. */
  detail: "tweet" | undefined;
}

/**
 * Scores and stores tweets: first in Elasticsearch, then in Kafka, which gets only the documents in the index. Applies
 * deletions last. Resolves when every configured sink has acknowledged; refused and failed documents have errors.
 * @throws the peer's error when every document must be retried, and errors of the whole call.
 */
export async function enrichTweets(
  { tweets, origin }: TweetCall,
  config: Config,
  clients: Clients,
): Promise<Batch<SentimentDocument>> {
  const { scorer, kafka } = clients;
  const signal = AbortSignal.timeout(config.ENRICH_TIMEOUT);
  const scoredAt = new Date();
  const scored = await tweets.mapTogether(async (items) => {
    const sentiments = await scorer.score(
      items.map(({ text }) => text),
      signal,
    );
    return items.map((tweet, index) => withSentiment(tweet, sentiments[index]!));
  });
  const records = scored.map(({ tweet, sentiment }, tweetIndex) =>
    toRecord(tweet, sentiment, { origin, tweetIndex, scoredAt }),
  );
  const deleted = config.APPLY_DELETIONS ? deletedIds(tweets) : emptyIds;
  const stored = await records.mapTogether(async (items) => {
    const results = await storeRecords(items, { elasticsearch: clients.elasticsearch, deleted, signal });
    // A connector writes the dead letters of its calls itself.
    if (origin.topic === undefined) await kafka?.writeDeadLetters(toRefusedRecords(items, results), signal);
    return results;
  });
  await kafka?.write(newestRecords(stored.values()), signal);
  await applyDeletions(deleted, clients, signal);
  return stored.map(({ record }) => record.document);
}

function withSentiment<S>(tweet: Tweet, sentiment: S | PlatformError) {
  return sentiment instanceof PlatformError ? sentiment : { tweet, sentiment };
}

function toRefusedRecords(
  records: readonly SentimentRecord[],
  results: readonly StoreResult[],
): RefusedRecord[] {
  return records.flatMap((record, index) => {
    const error = results[index];
    return error instanceof PlatformError && !isWaiting(error) ? [{ record, error }] : [];
  });
}
