import { getAddress } from "ethers/address";

/** Makes of a value as JSON-RPC gives it one as web3.py gives it; throws when it is nothing of the kind. */
export type Format = (value: unknown) => unknown;

/** A quantity as an integer, a BigInt where a double is too small. A number stays what it is. */
export const integer: Format = (value) => {
  if (typeof value === "number" || typeof value === "bigint") return value;
  const exact = BigInt(`0x${digitsOf(value)}`);
  return exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact;
};

/** Bytes as 0x-hex in lower case, a missing digit added in front, as HexBytes does. */
export const bytes: Format = (value) => `0x${evenDigitsOf(value)}`;

/** So many bytes. What is longer may have zeros in front, which go; only with `orFewer` it may be shorter. */
export function bytesOf(length: number, { orFewer = false } = {}): Format {
  return (value) => {
    const digits = evenDigitsOf(value);
    const extra = digits.length - 2 * length;
    if (extra < 0 && !orFewer) throw new TypeError(`fewer than ${length} bytes`);
    if (/[^0]/.test(digits.slice(0, Math.max(0, extra)))) throw new TypeError(`more than ${length} bytes`);
    return `0x${digits.slice(Math.max(0, extra))}`;
  };
}

/** An address with its checksum (EIP-55), whatever its letters were. */
export const address: Format = (value) => getAddress(`0x${digitsOf(value).toLowerCase()}`);

/** The same; what is no address stays what it is. */
export const addressIfOne: Format = (value) =>
  /^(0x)?[0-9a-f]{40}$/i.test(String(value)) ? address(value) : value;

/** The key of a storage slot: 32 bytes as they came, with 0x. */
export const storageKey: Format = (value) => {
  const digits = digitsOf(value);
  if (digits.length !== 64) throw new TypeError("a storage key is not 32 bytes");
  return `0x${digits}`;
};

/** A list whose items have one format. */
export function listOf(format: Format): Format {
  return (value) => {
    if (!Array.isArray(value)) throw new TypeError("no list");
    return value.map(format);
  };
}

/** An object whose values have formats by their names, in alphabetical order; null and what has none stay. */
export function objectOf(formats: Readonly<Record<string, Format>>) {
  return (value: unknown): Record<string, unknown> => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("no object");
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
    throw new TypeError(`${name} is not what it should be`, { cause });
  }
}

function digitsOf(value: unknown): string {
  const digits = typeof value === "string" ? /^(?:0x)?([0-9a-f]*)$/i.exec(value)?.[1] : undefined;
  if (digits === undefined) throw new TypeError("no hexadecimal text");
  return digits;
}

function evenDigitsOf(value: unknown): string {
  const digits = digitsOf(value).toLowerCase();
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
