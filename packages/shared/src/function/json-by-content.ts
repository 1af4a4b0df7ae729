/** JSON or NDJSON that was recognised by its content. */
export type JsonContent = { kind: "json"; value: unknown } | { kind: "ndjson"; text: string };

/**
 * Detects JSON in a text with an unspecific type. It is JSON if it begins with `{` or `[` and parses as a whole. It is NDJSON if
 * each line begins with `{` and at least one parses, so that a broken line is an error of its item only. Otherwise undefined.
 */
export function jsonByContent(text: string): JsonContent | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  // trim() removes more than JSON's white space: files and pasted text have byte order marks and no-break spaces.
  const whole = tryParse(text.trim());
  if (whole !== undefined) return { kind: "json", value: whole };
  return isLinesOfObjects(text) ? { kind: "ndjson", text } : undefined;
}

function isLinesOfObjects(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (
    lines.length > 1 &&
    lines.every((line) => /^\s*{/.test(line)) &&
    lines.some((line) => tryParse(line) !== undefined)
  );
}

/** The value of a JSON text, which is never undefined; undefined for any other text. */
function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
