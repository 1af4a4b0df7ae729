import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import type { FunctionRequest } from "@platform/shared/function/request";
import { type FormatName, formatNames } from "./block-formats.ts";
import { blockParameters } from "./block-parameters.ts";
import { type BlockSelector, blockSelector } from "./block-selector.ts";

/** The parsed parameters of a call: one block or, with `count`, the run of headers that ends with it. */
export interface BlockQuery {
  block: BlockSelector;
  /** Return full transactions instead of their hashes. */
  fullTransactions: boolean;
  /** The chosen fields, in alphabetical order; undefined means all fields of a block, or the default fields of a run. */
  fields: readonly string[] | undefined;
  format: FormatName;
  /** The number of headers; undefined means one block. */
  count: number | undefined;
}

/**
 * Reads the parameters `block`, `transactions`, `fields`, `format` and `count`.
 * @throws InvalidQueryError (400) for invalid values and invalid combinations; the errors of blockParameters.
 */
export function blockQuery(request: FunctionRequest, { MAX_COUNT }: { MAX_COUNT: number }): BlockQuery {
  const { transactions, ...parameters } = blockParameters(request);
  const block = blockSelector(parameters.block ?? "latest");
  const count = parseCount(parameters.count, MAX_COUNT);
  const fullTransactions = transactions === "full";
  if (transactions !== undefined && !fullTransactions && transactions !== "hashes") {
    throw new InvalidQueryError({ parameter: "transactions", allowed: "full or hashes" });
  }
  if (count !== undefined && fullTransactions) {
    throw new InvalidQueryError({ parameter: "transactions", allowed: "hashes when count is given" });
  }
  if (count !== undefined && block.value === "pending") {
    throw new InvalidQueryError({ parameter: "block", allowed: "other than pending when count is given" });
  }
  return {
    block,
    count,
    fullTransactions,
    fields: parseFields(parameters.fields),
    format: toFormat(parameters.format),
  };
}

function toFormat(text: string | undefined): FormatName {
  if (text === undefined) return formatNames[0];
  const format = formatNames.find((name) => name === text);
  if (format !== undefined) return format;
  throw new InvalidQueryError({ parameter: "format", allowed: formatNames.join(" or ") });
}

function parseCount(text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= max) return count;
  throw new InvalidQueryError({ parameter: "count", allowed: `a whole number from 1 to ${max}` });
}

function parseFields(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(",").map((name) => name.trim());
  if (!names.includes("")) return [...new Set(names)].sort();
  throw new InvalidQueryError({ parameter: "fields", allowed: "field names, separated by commas" });
}
