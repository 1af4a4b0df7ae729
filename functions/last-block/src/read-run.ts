import { toJson } from "@platform/shared/function/answer";
import { formatBlock } from "./format-block.ts";

/** The headers of consecutive blocks. */
export interface BlockRun {
  /** A JSON array of headers, oldest first: the chosen fields, null for a field that an older block lacks. */
  json: string;
  /** The hash of the newest block. */
  hash: string;
  /** The names of all known fields. */
  names: readonly string[];
}

/**
 * Returns the last `count` headers of consecutive JSON-RPC blocks, oldest first. Besides the fields of a block there is
 * `delta`: the seconds since the previous block, null for block 0. For the first delta, pass one block more.
 * @throws Error when a block is missing, invalid, or does not follow the previous block: the node lags, or its chain was
 * reorganised during the call.
 */
export function readRun(blocks: readonly unknown[], count: number, fields: readonly string[]): BlockRun {
  const needed = new Set([...fields, "hash", "number", "parentHash", "timestamp"]);
  const read = blocks.map((block) => formatBlock(pickFields(needed, block)));
  const headers = read.map((block, index) => {
    const before = read[index - 1];
    if (typeof block.hash !== "string") throw new TypeError("a block has no hash");
    if (before !== undefined && block.parentHash !== before.hash) {
      throw new Error(`block ${block.number} does not follow the previous block`);
    }
    const delta = before === undefined ? null : Number(block.timestamp) - Number(before.timestamp);
    const values: Record<string, unknown> = { ...block, delta };
    return Object.fromEntries(fields.map((name) => [name, values[name] ?? null]));
  });
  return {
    json: toJson(headers.slice(-count)),
    hash: String(read.at(-1)?.hash),
    names: ["delta", ...Object.keys(blocks.at(-1) as object)].sort(),
  };
}

/** A copy of the block with only these fields; the others need no conversion. */
function pickFields(names: ReadonlySet<string>, block: unknown): object {
  if (typeof block !== "object" || block === null) throw new TypeError("a block is missing");
  return Object.fromEntries(Object.entries(block).filter(([name]) => names.has(name)));
}
