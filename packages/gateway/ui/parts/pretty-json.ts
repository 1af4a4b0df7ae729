/** JSON.parse with source text (ES2025), which not every browser supports. */
interface ExactJson {
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source: string }) => unknown,
  ): unknown;
}

/**
 * Indents JSON, and keeps the digits of every number: a block's totalDifficulty exceeds the precision of JavaScript numbers.
 * Invalid JSON, and JSON that would lose precision in this browser, stays unchanged.
 */
export function prettyJson(text: string): string {
  if (!("rawJSON" in JSON)) return text;
  const exact = JSON as unknown as ExactJson;
  try {
    const parsed = exact.parse(text, (_key, value, { source }) =>
      typeof value === "number" ? exact.rawJSON(source) : value,
    );
    return JSON.stringify(parsed, null, 2);
  } catch {
    return text;
  }
}
