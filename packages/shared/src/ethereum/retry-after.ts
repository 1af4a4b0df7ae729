import { parseDuration } from "../config/duration.ts";

/** The longest wait that is passed to callers, in seconds. */
const longest = 3_600;

/**
 * Parses the header Retry-After, which is a number of seconds or a date, to whole seconds from now: 1 to 3,600.
 * @returns undefined when the header is neither
 */
export function parseRetryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return clampSeconds(Number(text));
  return /[a-z]/i.test(text) ? clampSeconds((Date.parse(text) - now) / 1_000) : undefined;
}

/** Finds a wait in an error message such as "too many requests, retry in 10m0s", in whole seconds: 1 to 3,600. */
export function findRetryAfter(message: string): number | undefined {
  const [, amount, unit] =
    /\b(?:retry|again|back ?off|wait)[a-z\s]{0,14} (\d[\da-z.]*?)(?: ?(s|m)(?:ec|in)\w*)?\.?(?!\w)/i.exec(
      message,
    ) ?? [];
  if (amount === undefined) return undefined;
  return clampSeconds((parseDuration(`${amount}${unit ?? ""}`.toLowerCase()) ?? Number.NaN) / 1_000);
}

/** Whole seconds from 1 to 3,600; undefined for NaN. */
export function clampSeconds(seconds: number): number | undefined {
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 1), longest);
}
