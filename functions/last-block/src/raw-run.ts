import { parseRawBlock } from "./raw-block.ts";
import type { BlockRun } from "./read-run.ts";
import { integer } from "./value-formats.ts";
import type { WrittenBlock } from "./write-block.ts";

/**
 * Like readRun, but keeps the values and the field order of the node. `delta` comes last, as a quantity.
 * @param texts the JSON texts of the blocks
 * @throws the errors of readRun.
 */
export function readRawRun(texts: readonly unknown[], count: number, fields: readonly string[]): BlockRun {
  const blocks = texts.map(parseBlock);
  const headers = blocks.map((block, index) => {
    const before = blocks[index - 1];
    if (before !== undefined && block.parentHash !== before.hash) {
      throw new Error(`block ${block.number} does not follow the previous block`);
    }
    const delta = before === undefined ? null : `0x${(block.timestamp - before.timestamp).toString(16)}`;
    return toHeader(block, fields, delta);
  });
  const last = blocks.at(-1);
  return {
    json: `[${headers.slice(-count).join(",")}]`,
    hash: String(last?.hash),
    names: ["delta", ...(last?.valueRanges.keys() ?? [])].sort(),
  };
}

function parseBlock(text: unknown) {
  if (text === null) throw new TypeError("a block is missing");
  const { written, block } = parseRawBlock(text);
  if (written.hash === undefined) throw new TypeError("a block has no hash");
  return { ...written, parentHash: block.parentHash, timestamp: Number(integer(block.timestamp)) };
}

/** The chosen fields in the order of the block; fields that it lacks follow as null. */
function toHeader(block: WrittenBlock, fields: readonly string[], delta: string | null): string {
  const own = [...block.valueRanges].filter(([name]) => fields.includes(name) && name !== "delta");
  const values = own.map(([name, range]) => [name, block.json.slice(...range)] as const);
  const missing = fields.filter((name) => name !== "delta" && !block.valueRanges.has(name));
  const added = missing.map((name) => [name, "null"] as const);
  const computed = fields.includes("delta") ? [["delta", JSON.stringify(delta)] as const] : [];
  const members = [...values, ...added, ...computed];
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}
