import type { FetchedMessage } from "@platform/shared/kafka/open-cluster";
import type { BytesView, MessageView } from "./view.ts";

/** The maximum of Date. Kafka accepts later times from producers. */
const latestTime = 8.64e15;
/** Control characters other than tab and line ends, which mark a value as binary. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: detects control characters
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** Converts a message for the page, with at most `limit` bytes of each key, value and header. */
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

/** Returns the time of a message; null if it is absent or beyond the range of Date. */
export function toTime(timestamp: number): number | null {
  return timestamp >= 0 && timestamp <= latestTime ? timestamp : null;
}

/** Converts bytes to text if they are UTF-8, else to hexadecimal digits. */
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
