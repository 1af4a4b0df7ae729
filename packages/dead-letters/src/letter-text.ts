import { utf8Text } from "@platform/delivery/call/utf8-text";
import { formatPosition, type Letter, type LetterContent } from "./letter.ts";
import { findOutcome, letterState, type Outcomes } from "./outcome.ts";

/** The outcomes and options that determine a letter's state. */
export interface LetterContext {
  outcomes: Outcomes;
  maxReplays: number;
}

/** The latest time of a Date. Kafka accepts later ones from producers. */
const latestTime = 8.64e15;

/** The widths of all columns except the last one. */
const widths = [32, 9, 7, 24, 16, 28];

/** The heading of the table. */
export const tableHeading = toRow(["LETTER", "STATE", "REPLAYS", "CODE", "FUNCTION", "MESSAGE", "WRITTEN"]);

/** A letter as a row of the table. */
export function letterRow(letter: Letter, { maxReplays, outcomes }: LetterContext): string {
  const state = letterState(letter, outcomes, maxReplays);
  const cells = [formatPosition(letter), state, String(letter.replays), letter.code || "-"];
  return toRow([
    ...cells,
    letter.functionName || "-",
    messagePosition(letter),
    isoTime(letter.timestamp) ?? "-",
  ]);
}

/** A letter as a JSON object. */
export function letterJson(letter: Letter, { maxReplays, outcomes }: LetterContext): object {
  const { code, functionName, headersOmitted, item, reason, replays, source, status, valueBytes } = letter;
  const outcome = findOutcome(letter, outcomes);
  return {
    letter: formatPosition(letter),
    written: isoTime(letter.timestamp),
    state: letterState(letter, outcomes, maxReplays),
    ...(outcome === undefined ? {} : { outcome: { ...outcome, letterTimestamp: undefined } }),
    replays,
    function: functionName,
    status: Number(status) || undefined,
    code,
    reason,
    ...(source === undefined ? {} : { message: { ...source, timestamp: isoTime(source.timestamp) } }),
    item,
    value_bytes: valueBytes,
    headers_omitted: headersOmitted,
  };
}

/** The message in a letter as a JSON object: text, or base64 if it is not UTF-8. */
export function contentJson({ headers, key, value }: LetterContent): object {
  const named = Object.entries(headers).map(([name, values]) => {
    const texts = [values].flat().map(bytesJson);
    return [name, texts.length === 1 ? texts[0] : texts] as const;
  });
  return { key: bytesJson(key), headers: Object.fromEntries(named), value: bytesJson(value) };
}

/** A letter with its content, as text. */
export function letterText(letter: Letter, content: LetterContent, context: LetterContext): string {
  const { code, functionName, item, reason, replays, status, valueBytes, headersOmitted } = letter;
  const state = letterState(letter, context.outcomes, context.maxReplays);
  const outcome = findOutcome(letter, context.outcomes);
  const facts = [
    ["state", outcome === undefined ? state : `${state} at ${outcome.at}`],
    ["written", isoTime(letter.timestamp) ?? "-"],
    ["function", functionName || "-"],
    ["status", status || "-"],
    ["code", code || "-"],
    ["reason", reason || "-"],
    ["message", messagePosition(letter)],
    ["stored", isoTime(letter.source?.timestamp) ?? "-"],
    ["item", item === undefined ? "-" : String(item)],
    ["replays", String(replays)],
    ...(valueBytes === undefined ? [] : [["truncated", `the whole value has ${valueBytes} bytes`]]),
    ...(headersOmitted === undefined ? [] : [["omitted", `the key and ${headersOmitted} headers`]]),
    ["key", bytesText(content.key)],
    ...Object.entries(content.headers).flatMap(([name, values]) =>
      [values].flat().map((value) => ["header", `${name}: ${bytesText(value)}`]),
    ),
    ["value", bytesText(content.value)],
  ];
  return [formatPosition(letter), ...facts.map(([name = "", text]) => `  ${name.padEnd(9)} ${text}`)].join(
    "\n",
  );
}

function messagePosition({ item, source }: Letter): string {
  if (source === undefined) return "-";
  return `${formatPosition(source)}${item === undefined ? "" : `[${item}]`}`;
}

function bytesText(bytes: Buffer | null): string {
  if (bytes === null) return "null";
  return utf8Text(bytes) ?? `base64 ${bytes.toString("base64")}`;
}

function bytesJson(bytes: Buffer | null): string | { base64: string } | null {
  if (bytes === null) return null;
  return utf8Text(bytes) ?? { base64: bytes.toString("base64") };
}

function isoTime(milliseconds: number | undefined): string | undefined {
  const isTime = milliseconds !== undefined && milliseconds >= 0 && milliseconds <= latestTime;
  return isTime ? new Date(milliseconds).toISOString() : undefined;
}

function toRow(cells: readonly string[]): string {
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join("  ")
    .trimEnd();
}
