import type { Message } from "../message.ts";
import { kafkaHeaders } from "./message-headers.ts";
import { utf8Text } from "./utf8-text.ts";

/**
 * Converts a message with its metadata to a line of JSON. A JSON value stays unchanged, including its digits. Any other value is a
 * string, or base64 if it is not UTF-8; the member `base64` lists such fields.
 */
export function toEnvelope(message: Message): Buffer {
  const { topic, partition, offset, timestamp, key } = message;
  const base64: string[] = [];
  const toText = (bytes: Buffer, field: string) => {
    const text = utf8Text(bytes);
    if (text === undefined) base64.push(field);
    return text ?? bytes.toString("base64");
  };
  const fields = {
    topic,
    partition,
    offset,
    timestamp,
    key: key === null ? null : toText(key, "key"),
    headers: toObject(
      kafkaHeaders(message).map(({ name, value }) => [name, toText(value, `headers.${name}`)] as const),
    ),
  };
  const valueJson = message.isTombstone
    ? "null"
    : (jsonLine(message.value) ?? JSON.stringify(toText(message.value, "value")));
  const encoding = base64.length === 0 ? "" : `,"base64":${JSON.stringify(base64)}`;
  return Buffer.from(`${JSON.stringify(fields).slice(0, -1)},"value":${valueJson}${encoding}}`);
}

/** Creates an object, with an array for each repeated name. */
function toObject(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of pairs) byName.set(name, [...(byName.get(name) ?? []), value]);
  return Object.fromEntries(
    [...byName].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}

/** Converts JSON to a single line; undefined for anything else. In valid JSON, line breaks become spaces. */
function jsonLine(bytes: Buffer): string | undefined {
  const text = utf8Text(bytes);
  if (text === undefined) return undefined;
  try {
    JSON.parse(text);
    return text.replace(/[\r\n]/g, " ");
  } catch {
    return undefined;
  }
}
