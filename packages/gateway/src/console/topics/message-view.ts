import type { FetchedMessage } from "@platform/shared/kafka/open-cluster";
import type { BytesView, MessageView } from "./view.ts";

/** The latest time of a Date. Kafka accepts later ones from producers. */
const latestTime = 8.64e15;
/** Control characters other than tab and line ends: a value with them is no text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** A message for the page; of each key, value and header at most `limit` bytes. */
export function toMessageView(partition: number, message: FetchedMessage, limit: number): MessageView {
  const { headers, key, offset, timestamp, value } = message;
  return {
    partition,
    offset: Number(offset),
    time: toTime(Number(timestamp)),
    key: toBytesView(key, limit),
    value: toBytesView(value, limit),
    headers: Object.entries(headers).flatMap(([name, values]) =>
      [values].flat().map((bytes): MessageView["headers"][number] => {
        return [name, toBytesView(bytes as Buffer | null, limit)];
      }),
    ),
  };
}

/** The time of a message; null for none, and for those that no date has. */
export function toTime(timestamp: number): number | null {
  return timestamp >= 0 && timestamp <= latestTime ? timestamp : null;
}

/** Bytes as text where they are UTF-8, else as hexadecimal digits. */
export function toBytesView(bytes: Buffer | null | undefined, limit: number): BytesView | null {
  if (bytes == null) return null;
  const shown = bytes.subarray(0, limit);
  const isCut = bytes.length > limit;
  const text = utf8Text(shown, isCut);
  return text === undefined
    ? { text: shown.toString("hex"), encoding: "hex", bytes: bytes.length, isCut }
    : { text, encoding: "text", bytes: bytes.length, isCut };
}

/** @param isCut the last character may be incomplete */
function utf8Text(bytes: Buffer, isCut: boolean): string | undefined {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const text = decoder.decode(bytes, { stream: isCut });
    return control.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
