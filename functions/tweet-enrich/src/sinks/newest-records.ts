import type { SentimentRecord } from "../enrich.ts";
import type { StoredRecord } from "./bulk-outcome.ts";

/**
 * Selects the records for the topic: omits records of which the index or the same call has a newer version. Consumers that
 * keep the last message of a key would otherwise replace the newer version.
 */
export function newestRecords(stored: readonly StoredRecord[]): SentimentRecord[] {
  const versions = new Map<string, number>();
  for (const { record } of stored) {
    const { version } = record;
    if (version !== null && version > (versions.get(toKey(record)) ?? -1))
      versions.set(toKey(record), version);
  }
  return stored.flatMap(({ record, isNewest }) =>
    isNewest && (record.version === null || record.version === versions.get(toKey(record))) ? [record] : [],
  );
}

function toKey({ index, id }: SentimentRecord): string {
  return `${index} ${id}`;
}
