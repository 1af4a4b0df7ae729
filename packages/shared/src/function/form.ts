import { decodeText } from "./body.ts";

/** The fields of a form in application/x-www-form-urlencoded; a value is decoded when it is asked for. */
export interface Form {
  /**
   * The values of a field in order; none when the form lacks it.
   * @throws InvalidEncodingError (400) for a value that is not text in the form's charset.
   */
  values(name: string): string[];
}

/**
 * A body as a form, or undefined when a part of it has no `=`: curl sends any text under a form's type. Escapes are bytes
 * in the charset of the content type; a `%` that begins no escape stays, as in browsers.
 */
export function parseForm(body: Buffer, charset?: string): Form | undefined {
  // A character for each byte, because escapes and raw bytes may stand side by side.
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

/** Without escapes and pluses, still a character for each byte. */
function unescapeBytes(part: string): string {
  return part
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
