import type { DocumentIds } from "./apply-deletions.ts";
import type { SentimentRecord } from "./enrich.ts";
import { isWaiting, type StoreResult } from "./sinks/bulk-outcome.ts";
import type { ElasticsearchSink } from "./sinks/elasticsearch-sink.ts";

/** Options of storeRecords. */
export interface StoreOptions {
  elasticsearch: ElasticsearchSink | undefined;
  /** Ids of records that are not stored, because the same call reports the deletion of their posts. */
  deleted: DocumentIds;
  signal: AbortSignal;
}

/**
 * Stores records in the index; returns one result for each, in order. Without Elasticsearch, all records count as stored.
 * @throws the first error when every record must be retried, so that callers that check only the status retry the call.
 */
export async function storeRecords(
  records: readonly SentimentRecord[],
  { elasticsearch, deleted, signal }: StoreOptions,
): Promise<StoreResult[]> {
  const toStore = records.filter(({ id }) => !deleted.has(id));
  const results =
    elasticsearch === undefined || toStore.length === 0
      ? toStore.map((record) => ({ record, isNewest: true }))
      : await elasticsearch.store(toStore, signal);
  const [first] = results;
  if (isWaiting(first) && results.every(isWaiting)) throw first;
  const byRecord = new Map(toStore.map((record, index) => [record, results[index]!]));
  return records.map((record) => byRecord.get(record) ?? { record, isNewest: false });
}
