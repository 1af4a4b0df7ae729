import type { Message } from "../message.ts";
import { utf8Text } from "./utf8-text.ts";

/** A header of a Kafka message. Names may repeat. */
interface KafkaHeader {
  name: string;
  value: Buffer;
}

/** Size limits. Node.js accepts 16 kB of headers, and gateways add their own. */
const maxTraceBytes = 2_000;
const maxMessageBytes = 6_000;
/** The size of a header besides its name and value, in bytes. */
const overhead = 4;

/** Headers of distributed tracing, which keep their names: https://www.w3.org/TR/trace-context/ */
const traceNames = new Set(["traceparent", "tracestate", "baggage"]);

/** The trace headers of a message, for the call. */
export function traceHeaders(message: Message): Record<string, string> {
  const headers: Record<string, string> = {};
  let bytes = 0;
  for (const { name, value } of kafkaHeaders(message)) {
    const key = name.toLowerCase();
    const text = headerText(value);
    if (!traceNames.has(key) || text === undefined || key in headers) continue;
    bytes += key.length + text.length + overhead;
    if (bytes <= maxTraceBytes) headers[key] = text;
  }
  return headers;
}

/**
 * Converts the key and the headers of a message to headers of the call, within the size limit. Text is sent as UTF-8. Other bytes are
 * sent as base64, with a header for the encoding.
 */
export function messageHeaders(message: Message): Record<string, string> {
  const headers: Record<string, string> = message.isTombstone ? { "x-kafka-tombstone": "true" } : {};
  let bytes = 0;
  /** Adds headers. Returns false if they do not fit. */
  const add = (more: Record<string, string>): boolean => {
    const size = Object.entries(more).reduce(
      (sum, [name, value]) => sum + name.length + value.length + overhead,
      0,
    );
    if (bytes + size > maxMessageBytes) return false;
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

/** The headers of a message, one for each value. A null value becomes empty. */
export function kafkaHeaders({ headers = {} }: Message): KafkaHeader[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value: Buffer.from(value ?? "") })),
  );
}

/** The headers by lower-case name, because HTTP ignores case. Trace headers are left out. */
function headersByName(message: Message): Map<string, Buffer[]> {
  const byName = new Map<string, Buffer[]>();
  for (const { name, value } of kafkaHeaders(message)) {
    const token = toToken(name);
    if (traceNames.has(token) && headerText(value) !== undefined) continue;
    byName.set(token, [...(byName.get(token) ?? []), value]);
  }
  return byName;
}

/** Converts a name to that of an HTTP header, with percent-encoding for forbidden characters. */
function toToken(name: string): string {
  const encode = (byte: string) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return Buffer.from(name.toLowerCase())
    .toString("latin1")
    .replace(/[^\w!#$&'*+.^`|~-]/g, encode);
}

/** Joins the values of a header by commas. */
function encoded(name: string, encodingName: string, values: readonly Buffer[]): Record<string, string> {
  const texts = values.map(headerText);
  if (texts.every((text) => text !== undefined)) return { [name]: texts.join(", ") };
  return { [name]: values.map((value) => value.toString("base64")).join(", "), [encodingName]: "base64" };
}

/** The value as HTTP can carry it. Undefined for bytes that are not UTF-8, control characters, and surrounding white space. */
function headerText(bytes: Buffer): string | undefined {
  const text = utf8Text(bytes);
  const isPlain = text !== undefined && text.trim() === text && !/\p{Cc}/u.test(text);
  return isPlain ? bytes.toString("latin1") : undefined;
}
