import type { Message } from "../message.ts";
import { toEnvelope } from "./envelope.ts";
import type { FunctionCall } from "./function-client.ts";
import { messageHeaders, traceHeaders } from "./message-headers.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

/** A message, and its line of NDJSON. */
export interface Line {
  message: Message;
  value: Buffer;
}

/** Creates the call with a single message as its body, byte for byte or in an envelope. */
export function toSingleCall(message: Message, envelope = false): FunctionCall {
  const { value } = message;
  return {
    body: envelope ? toEnvelope(message) : value,
    headers: {
      ...(envelope ? {} : messageHeaders(message)),
      ...connectorHeaders([message]),
      "content-type": envelope || isLikeJson(value) ? "application/json" : "text/plain",
    },
  };
}

/** Creates the call with messages as lines of NDJSON. */
export function toBatchCall(lines: readonly Line[]): FunctionCall {
  const end = Buffer.from("\n");
  return {
    body: Buffer.concat(lines.flatMap(({ value }) => [value, end])),
    headers: {
      ...connectorHeaders(lines.map(({ message }) => message)),
      "content-type": "application/x-ndjson",
      prefer: "return=minimal", // the results are not needed
    },
  };
}

/**
 * Converts a message to a line: its value, or its envelope. Undefined for a blank value and for text with line breaks, which have
 * no equivalent line. In valid JSON, line breaks become spaces.
 */
export function toLine(message: Message, envelope = false): Line | undefined {
  const { value } = message;
  if (envelope) return { message, value: toEnvelope(message) };
  if (!value.includes(lineFeed) && !value.includes(carriageReturn)) {
    return isBlank(value) ? undefined : { message, value };
  }
  if (!isJson(value)) return undefined;
  const line = value.map((byte) => (byte === lineFeed || byte === carriageReturn ? blank : byte));
  return { message, value: Buffer.from(line) };
}

/** The maximum length of the header with timestamps. Node.js refuses a call with more than 16 kB of headers. */
const maxTimestampsLength = 8_000;

/**
 * Creates a predicate for the messages of a call, to be called in their order: whether the headers have room for the message.
 */
export function createHeaderLimit(): (message: Message) => boolean {
  let length = 0;
  let last = 0;
  return ({ timestamp }) => {
    length += `${timestamp - last},`.length;
    last = timestamp;
    return length <= maxTimestampsLength;
  };
}

/** The timestamp of the first message, then the differences between consecutive messages. */
function timestampSteps(messages: readonly Message[]): number[] {
  return messages.map(({ timestamp }, index) => timestamp - (messages[index - 1]?.timestamp ?? 0));
}

/** The connector's headers: the first message's trace and position, and the timestamps of all messages. */
function connectorHeaders(messages: readonly Message[]): Record<string, string> {
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

/** Whether a function that reads lines would skip the value as blank. */
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
