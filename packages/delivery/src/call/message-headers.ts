import type { Message } from "../message.ts";
import { utf8Text } from "./utf8-text.ts";

/** A header of a Kafka message; a name may come several times. */
interface KafkaHeader {
  name: string;
  value: Buffer;
}

/** In bytes. Node.js takes 16 kB of headers in all, and gateways add their own. */
const mostTraceBytes = 2_000;
const mostMessageBytes = 6_000;
/** What a header weighs beside its name and value. */
const overhead = 4;

/** Headers of distributed tracing, which are passed on under their own names: https://www.w3.org/TR/trace-context/ */
const traceNames = new Set(["traceparent", "tracestate", "baggage"]);

/** The headers of a trace that a message has, as those of the call. */
export function traceHeaders(message: Message): Record<string, string> {
  const headers: Record<string, string> = {};
  let bytes = 0;
  for (const { name, value } of kafkaHeaders(message)) {
    const key = name.toLowerCase();
    const text = headerText(value);
    if (!traceNames.has(key) || text === undefined || key in headers) continue;
    bytes += key.length + text.length + overhead;
    if (bytes <= mostTraceBytes) headers[key] = text;
  }
  return headers;
}

/**
 * The key and the headers of a message as those of a call, as far as they have room. Text goes as it is, in UTF-8; other
 * bytes go as base64, and a header says so.
 */
export function messageHeaders(message: Message): Record<string, string> {
  const headers: Record<string, string> = message.isTombstone ? { "x-kafka-tombstone": "true" } : {};
  let bytes = 0;
  /** Whether they still fit. */
  const add = (more: Record<string, string>): boolean => {
    const size = Object.entries(more).reduce(
      (sum, [name, value]) => sum + name.length + value.length + overhead,
      0,
    );
    if (bytes + size > mostMessageBytes) return false;
    bytes += size;
    Object.assign(headers, more);
    return true;
  };
  const { key } = message;
  if (key !== null && !add(encoded("x-kafka-key", "x-kafka-key-encoding", [key])))
    headers["x-kafka-key-omitted"] = "true";
  let omitted = 0;
  for (const [name, values] of headersByName(message)) {
    if (!add(encoded(`x-kafka-header-${name}`, `x-kafka-encoding-${name}`, values))) omitted += values.length;
  }
  if (omitted > 0) headers["x-kafka-headers-omitted"] = String(omitted);
  return headers;
}

/** The headers of a message, each value on its own, and empty where Kafka has null. */
export function kafkaHeaders({ headers = {} }: Message): KafkaHeader[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value: Buffer.from(value ?? "") })),
  );
}

/** Except those of a trace. HTTP does not tell names apart by their case. */
function headersByName(message: Message): Map<string, Buffer[]> {
  const byName = new Map<string, Buffer[]>();
  for (const { name, value } of kafkaHeaders(message)) {
    const token = toToken(name);
    if (traceNames.has(token) && headerText(value) !== undefined) continue;
    byName.set(token, [...(byName.get(token) ?? []), value]);
  }
  return byName;
}

/** A name of an HTTP header: other characters are percent-encoded. */
function toToken(name: string): string {
  const encode = (byte: string) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return Buffer.from(name.toLowerCase())
    .toString("latin1")
    .replace(/[^\w!#$&'*+.^`|~-]/g, encode);
}

/** Several values are one header, separated by commas. */
function encoded(name: string, encodingName: string, values: readonly Buffer[]): Record<string, string> {
  const texts = values.map(headerText);
  if (texts.every((text) => text !== undefined)) return { [name]: texts.join(", ") };
  return { [name]: values.map((value) => value.toString("base64")).join(", "), [encodingName]: "base64" };
}

/** The bytes of a text as HTTP can carry them; undefined for control characters, blanks at an end, and what is no UTF-8. */
function headerText(bytes: Buffer): string | undefined {
  const text = utf8Text(bytes);
  const isPlain = text !== undefined && text.trim() === text && !/\p{Cc}/u.test(text);
  return isPlain ? bytes.toString("latin1") : undefined;
}
