import { isPlausible } from "../plausible-span.ts";

/**
 * Returns the version of a post: its latest time, in milliseconds since 1970. Implausible times are ignored, because no edit
 * could be newer. Undefined without a plausible time.
 */
export function toVersion(...times: readonly (Date | undefined)[]): number | undefined {
  const now = new Date();
  const counted = times.filter((time) => time !== undefined && isPlausible(time, now));
  return counted.length === 0 ? undefined : Math.max(...counted.map(Number));
}
