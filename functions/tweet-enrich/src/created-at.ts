import { InvalidCreatedAtError } from "./errors.ts";

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The format of API v1.1: `Wed Oct 10 20:19:24 +0000 2018`. */
const v1 = /^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-]\d{4}) (\d{4})$/;

/** RFC 3339; the seconds and the colon of the offset are optional. */
const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:[Zz]|([+-]\d\d):?(\d\d))$/;

/** The parts of a written time; the month counts from 0. */
interface TimeParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** `+hhmm` or `-hhmm`. */
  offset: string;
}

/**
 * Parses a tweet's `created_at`: the format of API v1.1, or RFC 3339 (all newer APIs). Calendar, weekday, clock and offset
 * must be valid. The years are 1 to 9999 in UTC. A leap second at the end of a month in UTC is read as the next second.
 * @throws InvalidCreatedAtError (422) for anything else.
 */
export function parseCreatedAt(value: unknown): Date {
  const time = typeof value === "string" ? (readV1(value) ?? readRfc3339(value)) : undefined;
  if (time === undefined) throw new InvalidCreatedAtError();
  return new Date(time);
}

/**
 * Like parseCreatedAt; returns undefined for undefined and null.
 * @throws InvalidCreatedAtError (422).
 */
export function parseOptionalCreatedAt(value: unknown): Date | undefined {
  return value === undefined || value === null ? undefined : parseCreatedAt(value);
}

/** Formats a time like API v1.1, in UTC: `EEE MMM dd HH:mm:ss Z yyyy`. The index template expects this format. */
export function formatCreatedAt(time: Date): string {
  const [weekday, day, month, year, clock] = time.toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${day} ${clock} +0000 ${year}`;
}

function readV1(text: string): number | undefined {
  const match = v1.exec(text);
  if (match === null) return undefined;
  const [, weekday, month, day, hour, minute, second, offset, year] = match;
  const parts: TimeParts = {
    year: Number(year),
    month: months.indexOf(month!),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: 0,
    offset: offset!,
  };
  return weekdays.indexOf(weekday!) === toWeekday(parts) ? toInstant(parts) : undefined;
}

function readRfc3339(text: string): number | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second = "0",
    fraction = "",
    offsetHour = "+00",
    offsetMinute = "00",
  ] = match;
  return toInstant({
    year: Number(year),
    month: Number(month) - 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.slice(0, 3).padEnd(3, "0")),
    offset: offsetHour + offsetMinute,
  });
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** The calendar repeats after 400 years, including weekdays. Date.UTC reads the years 0 to 99 as 1900 to 1999. */
const cycle = { years: 400, ms: 146_097 * dayMs };

/** The start of a day in UTC, in milliseconds since 1970. */
function dayStart({ year, month, day }: Pick<TimeParts, "year" | "month" | "day">): number {
  return Date.UTC(year + cycle.years, month, day) - cycle.ms;
}

const firstInstant = dayStart({ year: 1, month: 0, day: 1 });
const endOfTime = dayStart({ year: 10_000, month: 0, day: 1 });

/** Milliseconds since 1970, or undefined when the time does not exist. */
function toInstant(parts: TimeParts): number | undefined {
  const { hour, minute, second, millisecond } = parts;
  const offset = offsetMinutes(parts.offset);
  if (!isDay(parts) || hour > 23 || minute > 59 || second > 60 || offset === undefined) return undefined;
  const time = dayStart(parts) + (hour * 60 + minute - offset) * minuteMs + second * 1000;
  if (second === 60 && !beginsMonth(time)) return undefined;
  return time >= firstInstant && time < endOfTime ? time + millisecond : undefined;
}

/** The day of the week; 0 is Sunday. 1970 began on a Thursday. */
function toWeekday(date: TimeParts): number {
  return (((dayStart(date) / dayMs + 4) % 7) + 7) % 7;
}

function isDay({ year, month, day }: TimeParts): boolean {
  return month >= 0 && month < 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

/** The minutes in `+hhmm`, up to 23:59 (RFC 3339). */
function offsetMinutes(offset: string): number | undefined {
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3));
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function beginsMonth(time: number): boolean {
  return time % dayMs === 0 && new Date(time).getUTCDate() === 1;
}
