import type { BytesView } from "../../src/console/topics/view.ts";
import { bytesText } from "../parts/format.ts";
import { prettyJson } from "../parts/pretty-json.ts";

const suffix = ".dead-letter";

/** Returns the dead-letter topic of a topic; for a dead-letter topic, the topic itself. */
export function toDeadLetterTopic(topic: string): string {
  return topic.endsWith(suffix) ? topic : `${topic}${suffix}`;
}

const day = 86_400_000;
const hour = 3_600_000;

/** Formats the retention time, such as "7 days". */
export function retentionText(ms: number | null): string {
  if (ms === null) return "unknown";
  if (ms < 0) return "no limit";
  if (ms >= day && ms % day === 0) return plural(ms / day, "day");
  if (ms >= hour) return plural(Number((ms / hour).toFixed(1)), "hour");
  return plural(Number((ms / 60_000).toFixed(1)), "minute");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Formats a value on one line for a list. */
export function previewText(bytes: BytesView | null): string {
  if (bytes === null) return "null";
  const { encoding, text } = bytes;
  if (bytes.bytes === 0) return "(empty)";
  if (encoding === "hex") return `0x${text.slice(0, 64)}${text.length > 64 ? "…" : ""}`;
  return text.slice(0, 300).replace(/\s+/g, " ");
}

/** Formats a value on several lines: JSON indented, binary data as a hex dump. */
export function multilineText({ encoding, text, isCut }: BytesView): string {
  if (encoding === "hex") return hexDump(text);
  return isCut ? text : prettyJson(text);
}

/** Formats a size such as "3.2 kB", with the displayed part if it is truncated. */
export function sizeText({ bytes, encoding, isCut, text }: BytesView): string {
  if (!isCut) return bytesText(bytes);
  const shown = encoding === "hex" ? text.length / 2 : new TextEncoder().encode(text).length;
  return `the first ${bytesText(shown)} of ${bytesText(bytes)}`;
}

const lineBytes = 16;

/** Formats a hex dump in lines of 16 bytes: the offset, the bytes, and their ASCII characters. */
export function hexDump(hex: string): string {
  const lines: string[] = [];
  for (let start = 0; start < hex.length; start += 2 * lineBytes) {
    const bytes = hex.slice(start, start + 2 * lineBytes).match(/../g) ?? [];
    const characters = bytes.map((byte) => {
      const code = Number.parseInt(byte, 16);
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ".";
    });
    const offset = (start / 2).toString(16).padStart(8, "0");
    lines.push(`${offset}  ${bytes.join(" ").padEnd(3 * lineBytes - 1)}  ${characters.join("")}`);
  }
  return lines.join("\n");
}
