import type { Bounds, NumberField } from "./condition.ts";

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const largest = 2_147_483_647;

/**
 * Parses a number for a comparison. As in Elasticsearch, a `float` field compares with the precision of a float.
 * Returns undefined if the text is not a number.
 */
export function parseNumber(field: NumberField, text: string): number | undefined {
  if (!number.test(text)) return undefined;
  const value = Math.min(largest, Math.max(-largest, Number(text)));
  return field === "sentences" ? value : Math.fround(value);
}

const date =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** The time span of a date, such as the day of 2026-01-31, in milliseconds since 1970. */
export interface TimeSpan {
  from: number;
  /** Exclusive. */
  to: number;
}

/** Parses a year, month, day, hour, minute, second or millisecond; in UTC unless it has an offset. Returns undefined for other texts. */
export function parseDate(text: string): TimeSpan | undefined {
  const match = date.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1, 8).filter((part) => part !== undefined);
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map(Number);
  const millisecond = Number((parts[6] ?? "0").padEnd(3, "0"));
  const fields = [year!, month - 1, day, hour, minute, second, millisecond] as const;
  const start = new Date(Date.UTC(...fields));
  const isReal =
    start.getUTCMonth() === month - 1 &&
    start.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) return undefined;
  const offset = parseOffset(match[8]);
  const next = [...fields] as [number, number, number, number, number, number, number];
  next[parts.length - 1]! += parts.length === 7 ? 10 ** (3 - parts[6]!.length) : 1;
  return { from: start.getTime() - offset, to: Date.UTC(...next) - offset };
}

function parseOffset(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const [hours, minutes] = zone.slice(1).split(":").map(Number);
  return (zone.startsWith("-") ? -1 : 1) * (hours! * 60 + minutes!) * 60_000;
}

export type Comparison = ">" | ">=" | "<" | "<=" | "=";

/** Returns the bounds of a comparison with a number, such as `polarity:>0.5`. */
export function numberBounds(comparison: Comparison, value: number): Bounds {
  switch (comparison) {
    case ">":
      return { above: value };
    case ">=":
      return { atLeast: value };
    case "<":
      return { below: value };
    case "<=":
      return { atMost: value };
    case "=":
      return { atLeast: value, atMost: value };
  }
}

/** Returns the bounds of a comparison with a date: `scored:>2026-01-31` is after that day. */
export function dateBounds(comparison: Comparison, { from, to }: TimeSpan): Bounds {
  switch (comparison) {
    case ">":
      return { atLeast: to };
    case ">=":
      return { atLeast: from };
    case "<":
      return { below: from };
    case "<=":
      return { below: to };
    case "=":
      return { atLeast: from, below: to };
  }
}
