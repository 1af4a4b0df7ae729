import { parseDuration } from "@platform/shared/config/duration";
import { InvalidQueryError } from "@platform/shared/errors/request-errors";

/** Selects log lines of a function, with the parameters of faas-cli. */
export interface LogQuery {
  name: string;
  namespace: string | undefined;
  instance: string | undefined;
  /** The number of last lines; undefined: all kept lines. */
  tail: number | undefined;
  /** No line before this time, in milliseconds since 1970. */
  since: number;
  /** Whether to follow new lines. */
  follow: boolean;
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
/** The values of Go's strconv.ParseBool. */
const booleans = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "false", "FALSE", "False"].map((text) => [text, false] as const),
]);

/**
 * Reads the query of a URL. The last value of a repeated parameter counts.
 * @throws InvalidQueryError (400)
 */
export function readLogQuery(url: string, now = Date.now()): LogQuery {
  const { searchParams } = new URL(url, "http://gateway");
  const read = (parameter: string) => searchParams.getAll(parameter).at(-1) || undefined;
  const name = read("name");
  if (name === undefined)
    throw new InvalidQueryError({ parameter: "name", allowed: "the name of a function" });
  const tail = read("tail") ?? "-1";
  if (!/^-?\d{1,9}$/.test(tail))
    throw new InvalidQueryError({ parameter: "tail", allowed: "a whole number" });
  const follow = booleans.get(read("follow") ?? "false");
  if (follow === undefined) throw new InvalidQueryError({ parameter: "follow", allowed: "true or false" });
  return {
    name,
    namespace: read("namespace"),
    instance: read("instance"),
    tail: Number(tail) > 0 ? Number(tail) : undefined,
    since: readSince(read("since"), now),
    follow,
  };
}

function readSince(text: string | undefined, now: number): number {
  if (text === undefined) return 0;
  const duration = parseDuration(text);
  if (duration !== undefined) return now - duration;
  const time = rfc3339.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new InvalidQueryError({
    parameter: "since",
    allowed: "a time as in RFC 3339 (2026-11-28T18:00:00Z) or a duration such as 10m",
  });
}

/** Whether a date exists: Date.parse converts 30 February to a day in March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Whether a line matches, regardless of its position. */
export function matches({ instance, since }: LogQuery, line: { time: number; instance: string }): boolean {
  return line.time >= since && (instance === undefined || instance === line.instance);
}
