import { parseDuration } from "../config/duration.ts";

/** The longest wait that callers are told, in seconds. */
const longest = 3_600;

/**
 * The header Retry-After, which is seconds or a date, in whole seconds from now: 1 to 3,600.
 * @returns undefined when the header is neither
 */
export function retryAfterSeconds(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return bounded(Number(text));
  return /[a-z]/i.test(text) ? bounded((Date.parse(text) - now) / 1_000) : undefined;
}

/** The wait that an error's text names, as in "too many requests, retry in 10m0s", in whole seconds: 1 to 3,600. */
export function retryAfterOfWords(words: string): number | undefined {
  const [, amount, unit] =
    /\b(?:retry|again|back ?off|wait)[a-z\s]{0,14} (\d[\da-z.]*?)(?: ?(s|m)(?:ec|in)\w*)?\.?(?!\w)/i.exec(
      words,
    ) ?? [];
  if (amount === undefined) return undefined;
  return bounded((parseDuration(`${amount}${unit ?? ""}`.toLowerCase()) ?? Number.NaN) / 1_000);
}

/** Seconds within the bounds; undefined for what is no number. */
export function bounded(seconds: number): number | undefined {
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 1), longest);
}
