import { parseDuration } from "@platform/shared/config/duration";
import { printable } from "@platform/shared/errors/printable";
import { Cron } from "croner";
import { NotDeployableError } from "./errors.ts";

/** A function's schedule. Times are milliseconds since 1970. */
export interface Schedule {
  /** Returns the first scheduled time after the given one. */
  next(after: number): number;
}

/** The topic of scheduled functions, as in OpenFaaS's cron-connector. */
export const scheduledTopic = "cron-function";

const forms = 'five fields of cron such as "*/5 * * * *", @hourly, or @every 5m';

/**
 * Reads a function's schedule from the annotation `schedule`, if the annotation `topic` lists `cron-function`.
 * @returns undefined without a schedule
 * @throws NotDeployableError (400)
 */
export function readSchedule(annotations: Readonly<Record<string, string>>): Schedule | undefined {
  if (!isScheduled(annotations)) return undefined;
  const { schedule } = annotations;
  if (schedule !== undefined) return parseSchedule(schedule);
  throw new NotDeployableError({
    reason: `The topic ${scheduledTopic} needs the annotation schedule; it must be ${forms}.`,
  });
}

/** Whether a function's topics list `cron-function`. */
export function isScheduled({ topic = "" }: Readonly<Record<string, string>>): boolean {
  return topic.split(",").some((name) => name.trim() === scheduledTopic);
}

/**
 * Reads a schedule in UTC: five fields of cron, `@hourly` and the like, or `@every 5m`.
 * @throws NotDeployableError (400)
 */
export function parseSchedule(text: string): Schedule {
  const interval = /^@every (\S+)$/.exec(text.trim())?.[1];
  const schedule = interval === undefined ? parseCron(text.trim()) : parseInterval(interval);
  if (schedule !== undefined) return schedule;
  throw new NotDeployableError({
    reason: `The annotation schedule is "${printable(text)}"; it must be ${forms}, and match a future time.`,
  });
}

function parseCron(text: string): Schedule | undefined {
  if (!/^(@[a-z]+|\S+(\s+\S+){4})$/.test(text)) return undefined;
  try {
    const cron = new Cron(text, { timezone: "UTC", paused: true, sloppyRanges: true });
    const next = (after: number) => cron.nextRun(new Date(after))?.getTime();
    if (next(Date.now()) === undefined) return undefined;
    return { next: (after) => next(after) ?? Number.POSITIVE_INFINITY };
  } catch {
    return undefined;
  }
}

/** Parses an interval of whole seconds, the precision of the scheduler. */
function parseInterval(text: string): Schedule | undefined {
  const ms = parseDuration(text);
  if (ms === undefined || ms < 1_000) return undefined;
  return { next: (after) => Math.floor((after + ms) / 1_000) * 1_000 };
}
