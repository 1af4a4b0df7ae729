import { toJson } from "@platform/shared/function/answer";
import { formatBlock } from "./format-block.ts";
import { requireFields } from "./require-fields.ts";

/** A block, written once for all who ask for it. */
export interface WrittenBlock {
  number: number;
  /** Undefined while the block is pending. */
  hash: string | undefined;
  /** The whole block. */
  json: string;
  /** Where in it the values of its fields are, by their names in alphabetical order. */
  places: ReadonlyMap<string, readonly [start: number, end: number]>;
}

/**
 * Writes a block of JSON-RPC as web3.py gives it.
 * @throws Error when it is no block.
 */
export function writeBlock(block: unknown): WrittenBlock {
  const formatted = formatBlock(block);
  const { hash, number } = formatted;
  if (number === undefined) throw new TypeError("a block has no number");
  const places = new Map<string, [number, number]>();
  let json = "";
  for (const [name, value] of Object.entries(formatted)) {
    json += `${json === "" ? "{" : ","}${JSON.stringify(name)}:`;
    const start = json.length;
    json += toJson(value);
    places.set(name, [start, json.length]);
  }
  json += "}";
  return { number: Number(number), hash: typeof hash === "string" ? hash : undefined, json, places };
}

/**
 * A block with some of its fields alone, as JSON.
 * @throws InvalidQueryError (400) that names its fields when it lacks one of these.
 */
export function jsonOfFields(block: WrittenBlock, names: readonly string[]): string {
  requireFields(names, [...block.places.keys()]);
  const fields = [...block.places].filter(([name]) => names.includes(name));
  return `{${fields.map(([name, place]) => `${JSON.stringify(name)}:${block.json.slice(...place)}`).join(",")}}`;
}
