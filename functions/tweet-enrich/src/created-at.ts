import { InvalidCreatedAtError } from "./errors.ts";

const v1 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{2} \d{2}:\d{2}:\d{2} [+-]\d{4} [1-9]\d{3}$/; // JavaScript reads the year 0001 as 2001
const iso8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The time in a tweet's `created_at`: v1.1's form, or ISO 8601 (all newer ones).
 * @throws InvalidCreatedAtError (422) for anything else.
 */
export function parseCreatedAt(value: unknown): Date {
  if (typeof value === "string" && (v1.test(value) || iso8601.test(value))) {
    const time = new Date(value.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
    if (!Number.isNaN(time.getTime())) return time;
  }
  throw new InvalidCreatedAtError();
}

/**
 * The time of a tweet that may not tell it: undefined where there is none, else as parseCreatedAt.
 * @throws InvalidCreatedAtError (422).
 */
export function createdAtOf(value: unknown): Date | undefined {
  return value === undefined || value === null ? undefined : parseCreatedAt(value);
}

/** A time in v1.1's form in UTC, `EEE MMM dd HH:mm:ss Z yyyy`, which the index template wants. */
export function formatCreatedAt(time: Date): string {
  const [weekday, day, month, year, clock] = time.toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${day} ${clock} +0000 ${year}`;
}
