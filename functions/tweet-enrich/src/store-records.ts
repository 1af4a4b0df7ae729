import type { DocumentIds } from "./apply-deletions.ts";
import type { SentimentRecord } from "./enrich.ts";
import { isWaiting, type StoreResult } from "./sinks/bulk-outcome.ts";
import type { ElasticsearchSink } from "./sinks/elasticsearch-sink.ts";

/** Where records are stored. */
export interface StoreOptions {
  elasticsearch: ElasticsearchSink | undefined;
  /** Records that are not stored, because the same call reports the deletion of their posts. */
  deleted: DocumentIds;
  signal: AbortSignal;
}

/**
 * Stores records in the index; one result for each, in order. Without Elasticsearch all count as stored.
 * @throws the first error where all records wait, so that callers that look only at the status send the call again.
 */
export async function storeRecords(
  records: readonly SentimentRecord[],
  { elasticsearch, deleted, signal }: StoreOptions,
): Promise<StoreResult[]> {
  const kept = records.filter(({ id }) => !deleted.has(id));
  const results =
    elasticsearch === undefined || kept.length === 0
      ? kept.map((record) => ({ record, isNewest: true }))
      : await elasticsearch.store(kept, signal);
  const [first] = results;
  if (isWaiting(first) && results.every(isWaiting)) throw first;
  const byRecord = new Map(kept.map((record, place) => [record, results[place]!]));
  return records.map((record) => byRecord.get(record) ?? { record, isNewest: false });
}
