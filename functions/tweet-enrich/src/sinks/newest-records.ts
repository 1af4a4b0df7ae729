import type { SentimentRecord } from "../enrich.ts";
import type { StoredRecord } from "./bulk-outcome.ts";

/**
 * The records that a reader of the topic needs: without those of which the index, or the same call, has a newer version.
 * An older one would replace the newer one for readers that keep the last message of a key.
 */
export function newestRecords(stored: readonly StoredRecord[]): SentimentRecord[] {
  const versions = new Map<string, number>();
  for (const { record } of stored) {
    const { version } = record;
    if (version !== null && version > (versions.get(keyOf(record)) ?? -1))
      versions.set(keyOf(record), version);
  }
  return stored.flatMap(({ record, isNewest }) =>
    isNewest && (record.version === null || record.version === versions.get(keyOf(record))) ? [record] : [],
  );
}

function keyOf({ index, id }: SentimentRecord): string {
  return `${index} ${id}`;
}
