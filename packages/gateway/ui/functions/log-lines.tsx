import type { LogLineView } from "../../src/console/functions/view.ts";
import { dateTimeText, timeText } from "../parts/format.ts";

/** A line with a unique number. */
export interface NumberedLine extends LogLineView {
  number: number;
}

/** Log lines. JSON lines of the platform's functions are split into fields; others are unchanged. */
export function LogLines({ lines }: { lines: readonly NumberedLine[] }) {
  return (
    <ol class="functions-lines">
      {lines.map((line) => (
        <li key={line.number}>
          <time
            dateTime={new Date(line.time).toISOString()}
            title={`${dateTimeText(line.time)}, ${line.instance}`}
          >
            {timeText(line.time)}
          </time>{" "}
          <LineText text={line.text} />
        </li>
      ))}
    </ol>
  );
}

function LineText({ text }: { text: string }) {
  const record = parseRecord(text);
  if (record === undefined) return <span>{text}</span>;
  const { level, message, rest } = record;
  return (
    <span>
      <span class={`level ${levelClass(level)}`}>{level}</span> <strong>{message}</strong>{" "}
      <span class="quiet">{rest}</span>
    </span>
  );
}

/** Parses a JSON log line, without time and function name, which the page shows elsewhere. */
function parseRecord(text: string): { level: string; message: string; rest: string } | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const { level, msg, time: _time, name: _name, ...fields } = JSON.parse(text) as Record<string, unknown>;
    if (typeof level !== "string" || typeof msg !== "string") return undefined;
    const rest = Object.entries(fields).map(([name, value]) => `${name}=${valueText(value)}`);
    return { level, message: msg, rest: rest.join(" ") };
  } catch {
    return undefined;
  }
}

function valueText(value: unknown): string {
  return typeof value === "string" && /^[^\s="]+$/.test(value) ? value : JSON.stringify(value);
}

function levelClass(level: string): string {
  if (level === "error" || level === "fatal") return "bad";
  return level === "warn" ? "warn" : "quiet";
}
