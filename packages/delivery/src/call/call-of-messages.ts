import type { Message } from "../message.ts";
import { toEnvelope } from "./envelope.ts";
import type { FunctionCall } from "./function-client.ts";
import { messageHeaders, traceHeaders } from "./message-headers.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

/** A message, and what stands for it on a line of NDJSON. */
export interface Line {
  message: Message;
  value: Buffer;
}

/** The call that has one message as its body, byte for byte, or in an envelope. */
export function callOfOne(message: Message, envelope = false): FunctionCall {
  const { value } = message;
  return {
    body: envelope ? toEnvelope(message) : value,
    headers: {
      ...(envelope ? {} : messageHeaders(message)),
      ...headersOf([message]),
      "content-type": envelope || isLikeJson(value) ? "application/json" : "text/plain",
    },
  };
}

/** The call that has messages as lines of NDJSON. */
export function callOfLines(lines: readonly Line[]): FunctionCall {
  const end = Buffer.from("\n");
  return {
    body: Buffer.concat(lines.flatMap(({ value }) => [value, end])),
    headers: {
      ...headersOf(lines.map(({ message }) => message)),
      "content-type": "application/x-ndjson",
      prefer: "return=minimal", // nobody reads the results
    },
  };
}

/**
 * The message as one line: in an envelope, or its value. Undefined when there is no line that means the same as the value:
 * it is empty, or text in several lines. In valid JSON a line break is as good as a blank.
 */
export function asLine(message: Message, envelope = false): Line | undefined {
  const { value } = message;
  if (envelope) return { message, value: toEnvelope(message) };
  if (!value.includes(lineFeed) && !value.includes(carriageReturn)) {
    return isBlank(value) ? undefined : { message, value };
  }
  if (!isJson(value)) return undefined;
  const line = value.map((byte) => (byte === lineFeed || byte === carriageReturn ? blank : byte));
  return { message, value: Buffer.from(line) };
}

/** The header with the timestamps: Node.js refuses a call with more than 16 kB of headers. */
const longestTimestamps = 8_000;

/**
 * A predicate for the messages of one call, to be asked in their order: do the headers still have room for the next one?
 */
export function headerRoom(): (message: Message) => boolean {
  let length = 0;
  let last = 0;
  return ({ timestamp }) => {
    length += `${timestamp - last},`.length;
    last = timestamp;
    return length <= longestTimestamps;
  };
}

/** The timestamp of the first message, and of each other how much later it is than the one before. */
function timestampSteps(messages: readonly Message[]): number[] {
  return messages.map(({ timestamp }, place) => timestamp - (messages[place - 1]?.timestamp ?? 0));
}

/** The connector's headers: the first message's trace and place, and when Kafka took each message. */
function headersOf(messages: readonly Message[]): Record<string, string> {
  const [first] = messages;
  return {
    ...traceHeaders(first!),
    "x-connector": "kafka-connector",
    "x-topic": first!.topic,
    "x-kafka-partition": String(first!.partition),
    "x-kafka-offset": String(first!.offset),
    "x-kafka-timestamps": timestampSteps(messages).join(","),
  };
}

function isLikeJson(value: Buffer): boolean {
  return /^\s*[[{]/.test(value.toString("latin1", 0, 100));
}

/** Would a function that reads lines take it for none at all? */
function isBlank(value: Buffer): boolean {
  return !value.some((byte) => byte > blank && byte < 0x7f) && value.toString().trim() === "";
}

function isJson(value: Buffer): boolean {
  try {
    JSON.parse(value.toString());
    return true;
  } catch {
    return false;
  }
}
