import { InvalidQueryError } from "@platform/shared/errors/request-errors";

const tags = ["latest", "safe", "finalized", "pending", "earliest"];

/** Selects a block by a tag, by a number as a JSON-RPC quantity, or by a hash. */
export interface BlockSelector {
  by: "tag" | "number" | "hash";
  value: string;
}

/**
 * Parses the parameter `block`: a tag, a number (decimal or 0x) or a 0x-hash.
 * @throws InvalidQueryError (400) for anything else.
 */
export function blockSelector(block: string): BlockSelector {
  if (tags.includes(block)) return { by: "tag", value: block };
  if (/^0x[0-9a-f]{64}$/i.test(block)) return { by: "hash", value: block.toLowerCase() };
  // Only numbers that a double holds exactly; nodes refuse numbers above 2^63.
  if (/^(\d{1,15}|0x[0-9a-f]{1,13})$/i.test(block)) {
    return { by: "number", value: `0x${Number(block).toString(16)}` };
  }
  throw new InvalidQueryError({
    parameter: "block",
    allowed: `a number, a 0x-hash of 32 bytes, or one of ${tags.join(", ")}`,
  });
}
