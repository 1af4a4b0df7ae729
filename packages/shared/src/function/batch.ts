import { PlatformError } from "../errors/platform-error.ts";
import { publicDetail } from "../errors/problem.ts";
import { TooManyItemsError } from "../errors/request-errors.ts";
import { InternalError } from "../errors/server-errors.ts";
import { parseJson } from "./body.ts";

/** How the items came, and so how their results are answered. */
export type BatchForm = "single" | "array" | "ndjson";

/** What stands in a batch's answer for an item that failed. */
export interface ItemError {
  /** Place of the item in the batch, from 0. */
  index: number;
  error: { status: number; code: string; detail: string };
}

/**
 * The items of one call in their order, each a value or the error that it ended in. One item alone (`single`)
 * throws its error, which then is the answer; in an `array` or `ndjson` the others go on.
 */
export class Batch<Item> {
  readonly form: BatchForm;
  readonly items: readonly (Item | PlatformError)[];

  constructor(form: BatchForm, items: readonly (Item | PlatformError)[]) {
    this.form = form;
    this.items = items;
    const [only] = items;
    if (form === "single" && only instanceof PlatformError) throw only;
  }

  /**
   * Each item's result. An error up to 422 stays with its item, and so does an unexpected error, so
   * that one item cannot block a stream for ever; a PlatformError from 500 up is about the function or its peers and is
   * thrown for the whole batch.
   */
  map<Result>(work: (item: Item, index: number) => Result): Batch<Result> {
    return new Batch(
      this.form,
      this.items.map((item, index) => {
        if (item instanceof PlatformError) return item;
        try {
          return work(item, index);
        } catch (error) {
          if (!(error instanceof PlatformError)) return new InternalError(error);
          if (error.status >= 500) throw error;
          return error;
        }
      }),
    );
  }

  /**
   * The results of work on all items at once that have no error yet. The work gives one for each, in order: a value or
   * the item's error; it rejects with what concerns them all.
   */
  async mapTogether<Result>(
    work: (items: readonly Item[]) => Promise<readonly (Result | PlatformError)[]>,
  ): Promise<Batch<Result>> {
    const good = this.items.filter((item): item is Item => !(item instanceof PlatformError));
    const results = (good.length === 0 ? [] : await work(good)).values();
    const next = (): Result | PlatformError => results.next().value as Result | PlatformError;
    return new Batch(
      this.form,
      this.items.map((item) => (item instanceof PlatformError ? item : next())),
    );
  }

  /** The entries of the answer: results, and an ItemError where there is none. */
  entries(): (Item | ItemError)[] {
    return this.items.map((item, index) => (item instanceof PlatformError ? itemError(item, index) : item));
  }

  /** The entries of the items that failed. */
  errors(): ItemError[] {
    return this.items.flatMap((item, index) =>
      item instanceof PlatformError ? [itemError(item, index)] : [],
    );
  }
}

function itemError(error: PlatformError, index: number): ItemError {
  return { index, error: { status: error.status, code: error.code, detail: publicDetail(error) } };
}

/** A batch from a JSON value: an array's items, or the one value. Throws TooManyItemsError. */
export function batchOfJson(value: unknown, limit: number): Batch<unknown> {
  if (!Array.isArray(value)) return new Batch("single", [value]);
  if (value.length > limit) throw new TooManyItemsError({ items: value.length, limit });
  return new Batch("array", value);
}

/**
 * A batch from newline-delimited JSON, one item a line. Blank lines do not count; a line that is not JSON is
 * an item with an InvalidJsonError. Throws TooManyItemsError.
 */
export function batchOfNdjson(text: string, limit: number): Batch<unknown> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > limit) throw new TooManyItemsError({ items: lines.length, limit });
  return new Batch("ndjson", lines).map(parseJson);
}
