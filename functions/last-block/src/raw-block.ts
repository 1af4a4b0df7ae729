import { jsonMembers } from "@platform/shared/text/json-members";
import { integer } from "./value-formats.ts";
import type { WrittenBlock } from "./write-block.ts";

/**
 * Returns a block whose JSON is the node's own text.
 * @param text the JSON text of the JSON-RPC result
 * @throws Error when the text is not a block.
 */
export function rawBlock(text: unknown): WrittenBlock {
  return parseRawBlock(text).written;
}

/** Like rawBlock, with the fields as JSON.parse reads them. @throws the errors of rawBlock. */
export function parseRawBlock(text: unknown): { written: WrittenBlock; block: Record<string, unknown> } {
  const block = typeof text === "string" ? JSON.parse(text) : undefined;
  if (typeof block !== "object" || block === null || Array.isArray(block))
    throw new TypeError("expected an object");
  const { hash, number } = block;
  if (number === undefined) throw new TypeError("a block has no number");
  const written: WrittenBlock = {
    number: Number(integer(number)),
    hash: typeof hash === "string" ? hash : undefined,
    json: text as string,
    valueRanges: new Map(jsonMembers(text as string).map(({ name, start, end }) => [name, [start, end]])),
  };
  return { written, block };
}
