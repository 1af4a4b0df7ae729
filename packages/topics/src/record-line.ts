import type { TopicRecord } from "./topic-record.ts";

/** A record as a line of JSON; bytes are base64. */
export function toLine({ offset, timestamp, key, value, headers }: TopicRecord): string {
  return JSON.stringify({
    offset,
    timestamp,
    key: toText(key),
    value: toText(value),
    headers: headers.map(([name, bytes]) => [name, toText(bytes)]),
  });
}

/** Parses a line of toLine. */
export function parseLine(line: string): TopicRecord {
  const { offset, timestamp, key, value, headers } = JSON.parse(line) as Line;
  return {
    offset,
    timestamp,
    key: toBytes(key),
    value: toBytes(value),
    headers: headers.map(([name, bytes]) => [name, toBytes(bytes)] as const),
  };
}

/** Whether two records have the same content, apart from their offsets. */
export function haveSameContent(a: TopicRecord, b: TopicRecord): boolean {
  return toLine({ ...a, offset: 0 }) === toLine({ ...b, offset: 0 });
}

interface Line {
  offset: number;
  timestamp: string;
  key: string | null;
  value: string | null;
  headers: [name: string, value: string | null][];
}

function toText(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString("base64");
}

function toBytes(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, "base64");
}
