import { UnknownQueryParameterError } from "@platform/shared/errors/request-errors";
import { getAddress } from "ethers";
import { InvalidEthereumQueryError } from "./ethereum-errors.ts";

/** The query of a request, parsed by express. */
type Query = Readonly<Record<string, unknown>>;

/** The bounds of a numeric parameter. */
interface NumberBounds {
  min: number;
  max: number;
}

/** The upper bound of block numbers. */
export const maxBlockNumber = 999_999_999_999_999;

/** @throws UnknownQueryParameterError (400) */
export function requireKnown(query: Query, allowed: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !allowed.includes(name));
  if (unknown !== undefined) throw new UnknownQueryParameterError({ parameter: unknown, allowed });
}

/** Reads a whole number within bounds; undefined if it is absent. @throws InvalidEthereumQueryError (400) */
export function readNumber(query: Query, name: string, { min, max }: NumberBounds): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new InvalidEthereumQueryError({
    name,
    value: String(value),
    allowed: `a whole number from ${min} to ${max}`,
  });
}

export const isHash = (text: string) => /^0x[\da-f]{64}$/i.test(text);

/** Returns the method and parameter of the call that reads a block. @throws InvalidEthereumQueryError (400) */
export function readBlockId(id: string): { method: string; param: string } {
  if (isHash(id)) return { method: "eth_getBlockByHash", param: id.toLowerCase() };
  if (/^(latest|safe|finalized)$/.test(id)) return { method: "eth_getBlockByNumber", param: id };
  if (/^\d{1,15}$/.test(id)) return { method: "eth_getBlockByNumber", param: `0x${Number(id).toString(16)}` };
  throw new InvalidEthereumQueryError({
    name: "block",
    value: id,
    allowed: "a number, a hash (0x and 64 hexadecimal digits), latest, safe or finalized",
  });
}

/** Reads a transaction's hash. @throws InvalidEthereumQueryError (400) */
export function readHash(hash: string): string {
  if (isHash(hash)) return hash.toLowerCase();
  throw new InvalidEthereumQueryError({
    name: "transaction",
    value: hash,
    allowed: "a hash: 0x and 64 hexadecimal digits",
  });
}

/** Reads an address, and returns it with its checksum. @throws InvalidEthereumQueryError (400), also for a wrong checksum */
export function readAddress(address: string): string {
  if (!/^(0x)?[\da-f]{40}$/i.test(address)) {
    throw new InvalidEthereumQueryError({
      name: "address",
      value: address,
      allowed: "0x and 40 hexadecimal digits",
    });
  }
  try {
    return getAddress(address);
  } catch {
    throw new InvalidEthereumQueryError({
      name: "address",
      value: address,
      allowed: "in lower case, or have a valid checksum; a digit may be mistyped",
    });
  }
}
