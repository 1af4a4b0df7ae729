import { toJson } from "@platform/shared/function/answer";
import { formatBlock } from "./format-block.ts";

/** The headers of consecutive blocks. */
export interface BlockRun {
  /** A JSON list, oldest first: the chosen fields, null where an older block lacks one. */
  json: string;
  /** The newest one's hash. */
  hash: string;
  /** The fields that it has to choose from. */
  names: readonly string[];
}

/**
 * The last `count` headers of some consecutive blocks, which are as JSON-RPC gives them, oldest first. Beside a block's
 * own fields there is `delta`: the seconds since the block before, for which one more is to be given; null for block 0.
 * @throws Error when a block is missing, is none, or does not follow the one before: the node is behind, or its chain
 * was reorganised while it answered.
 */
export function readRun(blocks: readonly unknown[], count: number, fields: readonly string[]): BlockRun {
  const needed = new Set([...fields, "hash", "number", "parentHash", "timestamp"]);
  const read = blocks.map((block) => formatBlock(only(needed, block)));
  const headers = read.map((block, index) => {
    const before = read[index - 1];
    if (typeof block.hash !== "string") throw new TypeError("a block has no hash");
    if (before !== undefined && block.parentHash !== before.hash) {
      throw new Error(`block ${block.number} does not follow the one before`);
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

/** The block with these fields alone: the others need not be read. */
function only(names: ReadonlySet<string>, block: unknown): object {
  if (typeof block !== "object" || block === null) throw new TypeError("a block is missing");
  return Object.fromEntries(Object.entries(block).filter(([name]) => names.has(name)));
}
