import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import type { FunctionRequest } from "@platform/shared/function/request";
import { type FormatName, formatNames } from "./block-formats.ts";
import { blockParameters } from "./block-parameters.ts";
import { type BlockSelector, blockSelector } from "./block-selector.ts";

/** What a call asks for: one block, or (with `count`) the run of headers that ends there. */
export interface BlockQuery {
  block: BlockSelector;
  /** Whole transactions instead of their hashes. */
  fullTransactions: boolean;
  /** The only fields that are wanted, in alphabetical order. */
  fields: readonly string[] | undefined;
  /** How the block is written. */
  format: FormatName;
  /** How many headers. */
  count: number | undefined;
}

/**
 * Reads the parameters `block`, `transactions`, `fields`, `format` and `count`.
 * @throws InvalidQueryError (400) for values that are not allowed, or not together; and as blockParameters does.
 */
export function blockQuery(request: FunctionRequest, { MAX_COUNT }: { MAX_COUNT: number }): BlockQuery {
  const { transactions, ...parameters } = blockParameters(request);
  const block = blockSelector(parameters.block ?? "latest");
  const count = countOf(parameters.count, MAX_COUNT);
  const fullTransactions = transactions === "full";
  if (transactions !== undefined && !fullTransactions && transactions !== "hashes") {
    throw new InvalidQueryError({ parameter: "transactions", allowed: "full or hashes" });
  }
  if (count !== undefined && fullTransactions) {
    throw new InvalidQueryError({ parameter: "transactions", allowed: "hashes where count is given" });
  }
  if (count !== undefined && block.value === "pending") {
    throw new InvalidQueryError({ parameter: "block", allowed: "a block of the chain where count is given" });
  }
  return {
    block,
    count,
    fullTransactions,
    fields: fieldsOf(parameters.fields),
    format: toFormat(parameters.format),
  };
}

function toFormat(text: string | undefined): FormatName {
  if (text === undefined) return formatNames[0];
  const format = formatNames.find((name) => name === text);
  if (format !== undefined) return format;
  throw new InvalidQueryError({ parameter: "format", allowed: formatNames.join(" or ") });
}

function countOf(text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new InvalidQueryError({ parameter: "count", allowed: `a whole number from 1 to ${most}` });
}

function fieldsOf(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(",").map((name) => name.trim());
  if (!names.includes("")) return [...new Set(names)].sort();
  throw new InvalidQueryError({ parameter: "fields", allowed: "names of the block's fields, with commas" });
}
