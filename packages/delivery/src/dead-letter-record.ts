import { deadLetterHeaders, deadLetterPrefix } from "@platform/shared/kafka/dead-letter-headers";
import type { Refusal } from "./call/answer-entries.ts";
import { jsonArrayItems } from "./json-array-items.ts";
import type { Message } from "./message.ts";

/** A refused message or item, and the refusal. */
export interface DeadLetter {
  message: Message;
  refusal: Refusal;
  /** The item's index in the message, and the number of items if it is known. */
  item?: { index: number; count?: number };
}

/** The Kafka record of a dead letter. */
export interface DeadLetterRecord {
  key: Buffer | null;
  value: Buffer | null;
  partition: number;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
}

/** Creates the record of a refused message or item. */
export function deadLetterRecord(functionName: string, letter: DeadLetter): DeadLetterRecord {
  const { item, message, refusal } = letter;
  const { topic, partition, offset, timestamp, key, headers } = message;
  const value = itemValue(letter);
  return {
    key,
    value: message.isTombstone === true ? null : value,
    // Without a partition, kafkajs would hash the key, which takes half a minute for 300 kB.
    partition: 0,
    headers: {
      ...withoutNull(headers),
      ...deadLetterHeaders({
        functionName,
        ...refusal,
        source: { topic, partition, offset, timestamp },
        item: item?.index,
      }),
    },
  };
}

/** Replaces null by an empty value: kafkajs reads headers without a value, but cannot write them. */
function withoutNull(headers: Message["headers"] = {}): DeadLetterRecord["headers"] {
  const pairs = Object.entries(headers).map(([name, values]) => {
    const written = [values].flat().map((value) => value ?? "");
    return [name, written.length === 1 ? written[0]! : written] as const;
  });
  return Object.fromEntries(pairs);
}

/** The item's own text if the message is an array with the item, else the whole message, such as a page. */
function itemValue({ item, message: { value } }: DeadLetter): Buffer {
  if (item === undefined) return value;
  const items = jsonArrayItems(value);
  const isWhole = items === undefined || (item.count !== undefined && item.count !== items.length);
  return (isWhole ? undefined : items[item.index]) ?? value;
}

/** The maximum size of a record in its own batch, besides its key, value and headers, in bytes. */
const overhead = 1_000;

/**
 * Shortens a record to a size. It truncates the value. If that is not enough, it also omits the key and the message's own headers.
 * Headers record both.
 */
export function truncateRecord(record: DeadLetterRecord, bytes: number): DeadLetterRecord {
  if (countBytes(record) <= bytes) return record;
  const { headers } = record;
  if (countBytes({ ...record, value: null }) <= bytes) return truncateValue(record, bytes);
  const own = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith(deadLetterPrefix)),
  );
  const omitted = Object.keys(headers).length - Object.keys(own).length;
  const ownHeaders = { ...own, [`${deadLetterPrefix}headers-omitted`]: String(omitted) };
  return truncateValue({ ...record, key: null, headers: ownHeaders }, bytes);
}

function truncateValue(record: DeadLetterRecord, bytes: number): DeadLetterRecord {
  const value = record.value ?? Buffer.alloc(0);
  const room = Math.max(0, bytes - countBytes({ ...record, value: null }));
  if (value.length <= room) return record;
  const headers = { ...record.headers, [`${deadLetterPrefix}value-bytes`]: String(value.length) };
  return { ...record, value: value.subarray(0, room), headers };
}

function countBytes({ headers, key, value }: DeadLetterRecord): number {
  const parts = Object.entries(headers).flatMap(([name, values]) => [name, ...[values].flat()]);
  return [key, value, ...parts].reduce(
    (sum, part) => sum + (part == null ? 0 : Buffer.byteLength(part)),
    overhead,
  );
}
