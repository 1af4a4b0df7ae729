/** The text of bytes; undefined where they are no UTF-8. */
export function utf8Text(bytes: Buffer): string | undefined {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
