import { isPlausible } from "../plausible-span.ts";

/**
 * The version of a post in milliseconds since 1970: the latest of its times. A time outside the plausible span does not
 * count, because no edit could be newer. Undefined when no time counts.
 */
export function versionOf(...times: readonly (Date | undefined)[]): number | undefined {
  const now = new Date();
  const counted = times.filter((time) => time !== undefined && isPlausible(time, now));
  return counted.length === 0 ? undefined : Math.max(...counted.map(Number));
}
