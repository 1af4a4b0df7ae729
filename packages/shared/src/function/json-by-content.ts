/** JSON or NDJSON that was recognised by its content. */
export type JsonContent = { kind: "json"; value: unknown } | { kind: "ndjson"; text: string };

/**
 * What a text is whose type leaves that open: JSON when it begins with `{` or `[` and parses as a whole; NDJSON when each
 * of its lines begins with `{` and one of them parses, so that a broken line is an error of its own; otherwise undefined.
 */
export function jsonByContent(text: string): JsonContent | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  // Wider than JSON's own white space: byte order marks and no-break spaces come with files and pasted text.
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
