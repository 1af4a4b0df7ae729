const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** A longer text is not a duration; the limit bounds the time of the regular expression. */
const maxLength = 100;

/**
 * Reads a duration as Go and OpenFaaS write it: numbers with a unit, such as `500ms`, `1.5s`, `1m30s` or `1h`.
 * @returns whole milliseconds; undefined when the text is not a duration
 */
export function parseDuration(text: string): number | undefined {
  if (text.length > maxLength || !/^(\d{1,9}(\.\d{1,9})?(ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return Math.round(parts.reduce((sum, [, count, unit]) => sum + Number(count) * milliseconds[unit!]!, 0));
}
