import type { LogLine } from "../../http/log-source.ts";

/** A line with its timestamp from Kubernetes. */
export interface TimedLine extends LogLine {
  /** Nanoseconds since 1970. */
  at: bigint;
}

const timestamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d) ?/;

/** Parses `TIMESTAMP text`. A line without a timestamp, such as the rest of a long one, gets the time of the previous line. */
export function parseLogLine(line: string, instance: string, before: bigint): TimedLine {
  const [prefix, seconds, fraction = "", zone] = timestamp.exec(line) ?? [];
  const ms = prefix === undefined ? Number.NaN : Date.parse(`${seconds}${zone}`);
  if (prefix === undefined || Number.isNaN(ms)) return toTimedLine(before, instance, line);
  const nanoseconds = BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
  return toTimedLine(nanoseconds, instance, line.slice(prefix.length));
}

/** Creates a line of the gateway itself in the log of a pod, with the current time. */
export function noticeLine(instance: string, text: string): TimedLine {
  return toTimedLine(BigInt(Date.now()) * 1_000_000n, instance, text);
}

function toTimedLine(at: bigint, instance: string, text: string): TimedLine {
  return { at, time: Number(at / 1_000_000n), instance, text };
}
