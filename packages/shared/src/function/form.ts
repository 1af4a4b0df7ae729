import { decodeText } from "./body.ts";

/** The fields of a form in application/x-www-form-urlencoded. Values are decoded on demand. */
export interface Form {
  /**
   * Returns the values of a field in order; empty for a missing field.
   * @throws InvalidEncodingError (400) for a value that is not text in the form's charset.
   */
  values(name: string): string[];
}

/**
 * Parses a body as a form. Undefined if a part has no `=`, because curl sends any text with the type of a form. Escapes are bytes in
 * the charset of the content type. A `%` without two hexadecimal digits stays, as in browsers.
 */
export function parseForm(body: Buffer, charset?: string): Form | undefined {
  // One character for each byte, because a value may mix escapes and raw bytes.
  const parts = body
    .toString("latin1")
    .split("&")
    .filter((part) => part !== "");
  if (parts.length === 0 || parts.some((part) => !part.includes("="))) return undefined;
  const fields = parts.map((part) => {
    const end = part.indexOf("=");
    return { name: unescapeBytes(part.slice(0, end)), value: part.slice(end + 1) };
  });
  return {
    values: (name) =>
      fields
        .filter((field) => field.name === name)
        .map(({ value }) => decodeText(Buffer.from(unescapeBytes(value), "latin1"), charset)),
  };
}

/** Decodes escapes and pluses, with one character for each byte. */
function unescapeBytes(part: string): string {
  return part
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
