import { sizeOfRecord, type TopicRecord } from "./topic-record.ts";
import type { TopicsConnection } from "./topics-connection.ts";

/** The connection, signal and output of a command. */
export interface CommandContext {
  connection: TopicsConnection;
  /** Fires when the command is interrupted. */
  signal: AbortSignal;
  /** Prints a result. */
  print(line: string): void;
  /** Yields the records, and reports progress. */
  counted(topic: string, records: AsyncIterable<TopicRecord>): AsyncIterable<TopicRecord>;
}

const progressEveryMs = 5_000;

/** Counts records, and reports the count every five seconds. */
export function progressCounter(report: (line: string) => void): CommandContext["counted"] {
  const counts = new Map<string, { messages: number; bytes: number }>();
  let last = Date.now();
  return async function* counted(topic, records) {
    const count = counts.get(topic) ?? { messages: 0, bytes: 0 };
    counts.set(topic, count);
    for await (const record of records) {
      count.messages += 1;
      count.bytes += sizeOfRecord(record);
      if (Date.now() - last > progressEveryMs) {
        last = Date.now();
        report(`${topic}: ${count.messages} messages, ${(count.bytes / 1_000_000).toFixed(1)} MB so far`);
      }
      yield record;
    }
  };
}
