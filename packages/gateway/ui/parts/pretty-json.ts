/** JSON with its source text: ES2025, and not yet in every browser. */
interface ExactJson {
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source: string }) => unknown,
  ): unknown;
}

/**
 * JSON on several lines, every number as it was written: a block's totalDifficulty has more digits than a number of
 * JavaScript. What is no JSON, or cannot be kept exact here, stays as it is.
 */
export function prettyJson(text: string): string {
  if (!("rawJSON" in JSON)) return text;
  const exact = JSON as unknown as ExactJson;
  try {
    const value = exact.parse(text, (_key, value, { source }) =>
      typeof value === "number" ? exact.rawJSON(source) : value,
    );
    return JSON.stringify(value, null, 2);
  } catch {
    return text;
  }
}
