const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** The items of a JSON array as bytes of its text, which preserves digits. Undefined for anything else. */
export function jsonArrayItems(bytes: Buffer): Buffer[] | undefined {
  const count = countItems(bytes);
  if (count === undefined) return undefined;
  const items: Buffer[] = [];
  let depth = 0;
  let start = 0;
  for (let offset = 0; offset < bytes.length; offset++) {
    const byte = bytes[offset]!;
    if (byte === quote) offset = endOfString(bytes, offset);
    else if (opening.has(byte) && ++depth === 1) start = offset + 1;
    else if (closing.has(byte) ? --depth === 0 : byte === comma && depth === 1) {
      items.push(bytes.subarray(start, offset));
      start = offset + 1;
    }
  }
  return count === 0 ? [] : items.map(trim);
}

function countItems(bytes: Buffer): number | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return Array.isArray(value) ? value.length : undefined;
  } catch {
    return undefined;
  }
}

/** The index of the closing quote of the string that begins at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  let offset = start + 1;
  while (bytes[offset] !== quote) offset += bytes[offset] === backslash ? 2 : 1;
  return offset;
}

function trim(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""), "latin1");
}
