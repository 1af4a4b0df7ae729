import { sizeOfRecord, type TopicRecord } from "./topic-record.ts";
import type { TopicsConnection } from "./topics-connection.ts";

/** What a command works with. */
export interface CommandContext {
  connection: TopicsConnection;
  /** Fires when the command is interrupted. */
  signal: AbortSignal;
  /** Prints a result. */
  say(line: string): void;
  /** Passes records on, and reports the progress of long work. */
  counted(topic: string, records: AsyncIterable<TopicRecord>): AsyncIterable<TopicRecord>;
}

const progressEveryMs = 5_000;

/** Counts records, and reports how many there were every five seconds. */
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
