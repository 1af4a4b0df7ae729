import { deadLetterPrefix, replaysHeader } from "@platform/shared/kafka/dead-letter-headers";
import type { MessagePosition } from "@platform/shared/kafka/message-position";
import type { IHeaders, KafkaMessage } from "kafkajs";

/** A dead letter without its content. */
export interface Letter extends MessagePosition {
  /** When the dead letter was written, in milliseconds since 1970. */
  timestamp: number;
  /** The position of the refused message; undefined if the letter has none, such as that of an HTTP call. */
  source: (MessagePosition & { timestamp: number | undefined }) | undefined;
  functionName: string;
  status: string;
  code: string;
  reason: string;
  /** The index of the refused item in the message. */
  item: number | undefined;
  /** The number of replays of the message before the refusal. */
  replays: number;
  /** The size of the whole value, if the letter has only its beginning. */
  valueBytes: number | undefined;
  /** The number of omitted headers; the key is omitted too. */
  headersOmitted: number | undefined;
}

/** The fields of a letter that a settlement needs. The others are left out, because there may be a million letters. */
export type CompactLetter = Omit<Letter, "functionName" | "status" | "reason">;

/** The message in a dead letter. */
export interface LetterContent {
  key: Buffer | null;
  value: Buffer | null;
  /** The message's own headers. */
  headers: Record<string, Buffer | Buffer[]>;
}

/** Reads a message of a dead-letter topic. Headers that are missing or malformed leave their field empty. */
export function readLetter(topic: string, partition: number, message: KafkaMessage): Letter {
  const { headers = {}, offset, timestamp } = message;
  const text = (name: string) => lastText(headers, `${deadLetterPrefix}${name}`) ?? "";
  const number = (name: string) => wholeNumber(text(name));
  return {
    topic,
    partition,
    offset: Number(offset),
    timestamp: Number(timestamp),
    source: readSource(text("topic"), number("partition"), number("offset"), number("timestamp")),
    functionName: text("function"),
    status: text("status"),
    code: text("code"),
    reason: text("reason"),
    item: number("item"),
    replays: wholeNumber(lastText(headers, replaysHeader) ?? "") ?? 0,
    // NiFi's flows of 0.1.0 wrote dead-letter-bytes.
    valueBytes: number("value-bytes") ?? number("bytes"),
    headersOmitted: number("headers-omitted"),
  };
}

/** Returns a function that drops fields of letters, and shares the memory of equal names. */
export function letterCompactor(): (letter: Letter) => CompactLetter {
  const names = new Map<string, string>();
  const shared = (name: string) => {
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  };
  // Without rest properties, which take three times the memory.
  return ({
    topic,
    partition,
    offset,
    timestamp,
    source,
    code,
    item,
    replays,
    valueBytes,
    headersOmitted,
  }) => ({
    topic,
    partition,
    offset,
    timestamp,
    source: source && { ...source, topic: shared(source.topic) },
    code: shared(code),
    item,
    replays,
    valueBytes,
    headersOmitted,
  });
}

/** Reads the refused message from a message of a dead-letter topic. */
export function readContent({ headers = {}, key, value }: KafkaMessage): LetterContent {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(deadLetterPrefix));
  return { key, value, headers: Object.fromEntries(own.map(([name, values]) => [name, toBuffers(values)])) };
}

/** The position as text: topic/partition/offset. */
export function formatPosition({ topic, partition, offset }: MessagePosition): string {
  return `${topic}/${partition}/${offset}`;
}

/** Reads topic/partition/offset; undefined for anything else. */
export function parsePosition(text: string): MessagePosition | undefined {
  const [, topic, partition, offset] = /^([\w.-]+)\/(\d{1,9})\/(\d{1,15})$/.exec(text) ?? [];
  return topic === undefined ? undefined : { topic, partition: Number(partition), offset: Number(offset) };
}

function readSource(
  topic: string,
  partition: number | undefined,
  offset: number | undefined,
  timestamp: number | undefined,
): Letter["source"] {
  if (topic === "" || partition === undefined || offset === undefined) return undefined;
  return { topic, partition, offset, timestamp };
}

/** The last value of a header. The letter's writer adds its value after one of the same name from the message. */
function lastText(headers: IHeaders, name: string): string | undefined {
  return [headers[name]].flat().at(-1)?.toString();
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** kafkajs reads headers without a value, but cannot write them. */
function toBuffers(values: IHeaders[string]): Buffer | Buffer[] {
  const buffers = [values].flat().map((value) => Buffer.from(value ?? ""));
  return buffers.length === 1 ? buffers[0]! : buffers;
}
