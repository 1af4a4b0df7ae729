import { toJson } from "@platform/shared/function/answer";
import { formatBlock } from "./format-block.ts";
import { requireFields } from "./require-fields.ts";

/** A serialised block, shared by all calls for it. */
export interface WrittenBlock {
  number: number;
  /** Undefined while the block is pending. */
  hash: string | undefined;
  /** The whole block. */
  json: string;
  /** The offsets of the field values in `json`, by field name. */
  valueRanges: ReadonlyMap<string, readonly [start: number, end: number]>;
}

/**
 * Serialises a JSON-RPC block in the form of web3.py.
 * @throws Error when the value is not a block.
 */
export function writeBlock(block: unknown): WrittenBlock {
  const formatted = formatBlock(block);
  const { hash, number } = formatted;
  if (number === undefined) throw new TypeError("a block has no number");
  const valueRanges = new Map<string, [number, number]>();
  let json = "";
  for (const [name, value] of Object.entries(formatted)) {
    json += `${json === "" ? "{" : ","}${JSON.stringify(name)}:`;
    const start = json.length;
    json += toJson(value);
    valueRanges.set(name, [start, json.length]);
  }
  json += "}";
  return { number: Number(number), hash: typeof hash === "string" ? hash : undefined, json, valueRanges };
}

/**
 * Returns the JSON of a block with only these fields.
 * @throws InvalidQueryError (400) that lists the known fields when the block lacks one.
 */
export function writeFields(block: WrittenBlock, names: readonly string[]): string {
  requireFields(names, [...block.valueRanges.keys()]);
  const fields = [...block.valueRanges].filter(([name]) => names.includes(name));
  return `{${fields.map(([name, range]) => `${JSON.stringify(name)}:${block.json.slice(...range)}`).join(",")}}`;
}
