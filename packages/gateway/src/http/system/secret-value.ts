import { InvalidRequestError } from "./system-errors.ts";

const maxBytes = 1_000_000;

/**
 * Returns the bytes of a secret: `rawValue` in base64, or the text `value`. faas-cli sends a file as both, with a trimmed
 * `value`; then `rawValue` counts.
 * @throws InvalidRequestError (400)
 */
export function readSecretValue({ value, rawValue }: { value: string; rawValue: string }): Buffer {
  if (value === "" && rawValue === "") throw invalid("value or rawValue must be set");
  const bytes = rawValue === "" ? Buffer.from(value) : Buffer.from(rawValue, "base64");
  if (rawValue !== "" && bytes.toString("base64").replace(/=+$/, "") !== rawValue.replace(/=+$/, "")) {
    throw invalid("rawValue must be base64");
  }
  if (bytes.length > maxBytes) throw invalid(`the value must have at most ${maxBytes} bytes`);
  if (value !== "" && rawValue !== "" && !isText(bytes, value))
    throw invalid("value and rawValue must not differ");
  return bytes;
}

/** Whether the text equals the bytes, decoded as UTF-8 without surrounding white space. */
function isText(bytes: Buffer, value: string): boolean {
  const text = bytes.toString();
  return text.includes("\ufffd") || text.trim() === value.trim();
}

function invalid(problem: string): InvalidRequestError {
  return new InvalidRequestError({ problems: [problem] });
}
