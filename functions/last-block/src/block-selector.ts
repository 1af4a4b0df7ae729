import { InvalidQueryError } from "@platform/shared/errors/request-errors";

const tags = ["latest", "safe", "finalized", "pending", "earliest"];

/** Which block: a tag, a number as a JSON-RPC quantity, or a hash. */
export interface BlockSelector {
  by: "tag" | "number" | "hash";
  value: string;
}

/**
 * The block that the parameter `block` names: a tag, a number (decimal or 0x) or a 0x-hash.
 * @throws InvalidQueryError (400) for anything else.
 */
export function blockSelector(block: string): BlockSelector {
  if (tags.includes(block)) return { by: "tag", value: block };
  if (/^0x[0-9a-f]{64}$/i.test(block)) return { by: "hash", value: block.toLowerCase() };
  // Numbers that a double holds exactly; a node would refuse those above 2^63.
  if (/^(\d{1,15}|0x[0-9a-f]{1,13})$/i.test(block)) {
    return { by: "number", value: `0x${Number(block).toString(16)}` };
  }
  throw new InvalidQueryError({
    parameter: "block",
    allowed: `a number, a 0x-hash of 32 bytes, or one of ${tags.join(", ")}`,
  });
}
