import { getAddress } from "ethers/address";

/** Converts a JSON-RPC value to its form in web3.py. Throws a TypeError for an invalid value. */
export type Format = (value: unknown) => unknown;

/** Quantity to integer: a BigInt from 2^53. A JSON number stays. */
export const integer: Format = (value) => {
  if (typeof value === "number" || typeof value === "bigint") return value;
  const exact = BigInt(`0x${parseDigits(value)}`);
  return exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact;
};

/** Bytes to 0x-hex in lower case. Like HexBytes, it adds a leading 0 to an odd number of digits. */
export const bytes: Format = (value) => `0x${parseEvenDigits(value)}`;

/** Exactly `length` bytes: removes leading zeros of a longer value. With `orFewer`, accepts a shorter value. */
export function fixedBytes(length: number, { orFewer = false } = {}): Format {
  return (value) => {
    const digits = parseEvenDigits(value);
    const extra = digits.length - 2 * length;
    if (extra < 0 && !orFewer) throw new TypeError(`expected ${length} bytes, got fewer`);
    if (/[^0]/.test(digits.slice(0, Math.max(0, extra))))
      throw new TypeError(`expected ${length} bytes, got more`);
    return `0x${digits.slice(Math.max(0, extra))}`;
  };
}

/** A checksummed address (EIP-55), from any case. */
export const address: Format = (value) => getAddress(`0x${parseDigits(value).toLowerCase()}`);

/** Like `address`; other values stay. */
export const addressOrOther: Format = (value) =>
  /^(0x)?[0-9a-f]{40}$/i.test(String(value)) ? address(value) : value;

/** The key of a storage slot: 32 bytes in their original case, with 0x. */
export const storageKey: Format = (value) => {
  const digits = parseDigits(value);
  if (digits.length !== 64) throw new TypeError("a storage key is not 32 bytes");
  return `0x${digits}`;
};

/** A list whose items have one format. */
export function listFormat(format: Format): Format {
  return (value) => {
    if (!Array.isArray(value)) throw new TypeError("expected an array");
    return value.map(format);
  };
}

/** Converts the values of an object by their names, and sorts the names. Null and fields without a format stay. */
export function objectFormat(formats: Readonly<Record<string, Format>>) {
  return (value: unknown): Record<string, unknown> => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new TypeError("expected an object");
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, inner === null ? null : formatted(name, inner, formats)]),
    );
  };
}

function formatted(name: string, value: unknown, formats: Readonly<Record<string, Format>>): unknown {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format === undefined) return value;
  try {
    return format(value);
  } catch (cause) {
    throw new TypeError(`invalid value of the field ${name}`, { cause });
  }
}

function parseDigits(value: unknown): string {
  const digits = typeof value === "string" ? /^(?:0x)?([0-9a-f]*)$/i.exec(value)?.[1] : undefined;
  if (digits === undefined) throw new TypeError("expected a hex string");
  return digits;
}

function parseEvenDigits(value: unknown): string {
  const digits = parseDigits(value).toLowerCase();
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
