/** Decodes UTF-8; undefined for any other bytes. */
export function utf8Text(bytes: Buffer): string | undefined {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
