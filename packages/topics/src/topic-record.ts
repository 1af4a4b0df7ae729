/** A message of a topic as Kafka stores it. A missing key, value or header value is null, an empty one has no bytes. */
export interface TopicRecord {
  offset: number;
  /** Milliseconds since 1970. */
  timestamp: string;
  key: Buffer | null;
  value: Buffer | null;
  /** In order; names may repeat. */
  headers: readonly Header[];
}

/** The name of a header and its value. */
export type Header = readonly [name: string, value: Buffer | null];

/** The bytes of a record's key, value and headers, for limits and progress. */
export function sizeOfRecord({ key, value, headers }: TopicRecord): number {
  const parts = [key, value, ...headers.flat()];
  return parts.reduce((sum: number, part) => sum + (part === null ? 0 : Buffer.byteLength(part)), 0);
}
