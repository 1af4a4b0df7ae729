import { jsonMembers } from "@platform/shared/text/json-members";
import { integer } from "./value-formats.ts";
import type { WrittenBlock } from "./write-block.ts";

/**
 * A block as the node wrote it: its text is the answer.
 * @param text the JSON text of JSON-RPC's result
 * @throws Error when it is no block.
 */
export function blockAsSent(text: unknown): WrittenBlock {
  return parseBlockAsSent(text).written;
}

/** The same, and the fields of the block as JSON.parse reads them. @throws as blockAsSent does. */
export function parseBlockAsSent(text: unknown): { written: WrittenBlock; block: Record<string, unknown> } {
  const block = typeof text === "string" ? JSON.parse(text) : undefined;
  if (typeof block !== "object" || block === null || Array.isArray(block)) throw new TypeError("no object");
  const { hash, number } = block;
  if (number === undefined) throw new TypeError("a block has no number");
  const written: WrittenBlock = {
    number: Number(integer(number)),
    hash: typeof hash === "string" ? hash : undefined,
    json: text as string,
    places: new Map(jsonMembers(text as string).map(({ name, start, end }) => [name, [start, end]])),
  };
  return { written, block };
}
