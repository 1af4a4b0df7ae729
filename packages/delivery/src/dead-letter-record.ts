import type { Refusal } from "./call/answer-entries.ts";
import { jsonArrayItems } from "./json-array-items.ts";
import type { Message } from "./message.ts";

/** A refused message, or an item of a message that holds several, and the reason. */
export interface DeadLetter {
  message: Message;
  refusal: Refusal;
  /** The item's place in the message, and how many items the message has where that is known. */
  item?: { index: number; count?: number };
}

/** A dead letter as Kafka gets it. */
export interface DeadLetterRecord {
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
}

/** The record of a refused message or item. */
export function deadLetterRecord(functionName: string, letter: DeadLetter): DeadLetterRecord {
  const { item, message, refusal } = letter;
  const { topic, partition, offset, timestamp, key, headers } = message;
  const value = itemValue(letter);
  return {
    key,
    value: value.length === 0 ? null : value,
    headers: {
      ...headers,
      "dead-letter-function": functionName,
      "dead-letter-status": String(refusal.status),
      "dead-letter-code": refusal.code,
      "dead-letter-reason": refusal.reason,
      "dead-letter-topic": topic,
      "dead-letter-partition": String(partition),
      "dead-letter-offset": String(offset),
      "dead-letter-timestamp": String(timestamp),
      ...(item === undefined ? {} : { "dead-letter-item": String(item.index) }),
    },
  };
}

/** The item's own text where the message is an array that has it; else the whole message, such as a page. */
function itemValue({ item, message: { value } }: DeadLetter): Buffer {
  if (item === undefined) return value;
  const items = jsonArrayItems(value);
  const isWhole = items === undefined || (item.count !== undefined && item.count !== items.length);
  return (isWhole ? undefined : items[item.index]) ?? value;
}

/** Values are cut in steps down to this size, in bytes; then the key and the message's own headers go. */
const leastValueBytes = 1_000;

/** A smaller record, which says what the message had; undefined where nothing more can be left out. */
export function shorten(record: DeadLetterRecord): DeadLetterRecord | undefined {
  const { headers, key, value } = record;
  const isOwn = ([name]: [string, unknown]) => name.startsWith("dead-letter-");
  if (value !== null && value.length > leastValueBytes) {
    const size = headers["dead-letter-value-bytes"] ?? String(value.length);
    const shorter = value.subarray(0, Math.max(leastValueBytes, value.length >> 1));
    return { ...record, value: shorter, headers: { ...headers, "dead-letter-value-bytes": size } };
  }
  if (headers["dead-letter-headers-omitted"] !== undefined) return undefined;
  const own = Object.fromEntries(Object.entries(headers).filter(isOwn));
  const omitted = Object.keys(headers).length - Object.keys(own).length + (key === null ? 0 : 1);
  return { key: null, value, headers: { ...own, "dead-letter-headers-omitted": String(omitted) } };
}
