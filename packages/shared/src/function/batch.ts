import { PlatformError } from "../errors/platform-error.ts";
import { publicDetail } from "../errors/problem.ts";
import { TooManyItemsError } from "../errors/request-errors.ts";
import { InternalError } from "../errors/server-errors.ts";
import { parseJson } from "./body.ts";

/** The format of the items, and so of their results. */
export type BatchForm = "single" | "array" | "ndjson";

/** An item that needs no processing, such as a stream's notice that a post was deleted. */
export class Skipped {
  /** The kind of item, in snake_case: `delete`. */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** A batch's entry for an item that failed. */
interface ItemError {
  /** The index of the item in the batch, from 0. */
  index: number;
  error: { status: number; code: string; detail: string };
}

/** A batch's entry for an item that was skipped. */
interface ItemSkipped {
  /** The index of the item in the batch, from 0. */
  index: number;
  skipped: string;
}

/** An entry without a result: a failed or skipped item, or an item that contains such items. */
export type Remark = ItemError | ItemSkipped | { index: number; items: Remark[] };

/** An item or its outcome; a Batch if the item contains several, such as a page of results in a line of NDJSON. */
export type BatchItem<Item> = Item | PlatformError | Skipped | Batch<Item>;

/**
 * The items of a call in their order, each a value or an outcome. The error of a `single` item is thrown, and becomes the response.
 * In an `array` or in `ndjson`, an error concerns only its item.
 *
 * @example
 * ```ts
 * const lengths = parseJsonBatch(["a", "bc"], 10).map((text) => String(text).length);
 * lengths.entries(); // [1, 2]
 * ```
 */
export class Batch<Item> {
  readonly form: BatchForm;
  readonly items: readonly BatchItem<Item>[];

  constructor(form: BatchForm, items: readonly BatchItem<Item>[]) {
    this.form = form;
    this.items = items;
    const [only] = items;
    if (form === "single" && only instanceof PlatformError) throw only;
  }

  /** The items that have neither failed nor been skipped, including nested ones. */
  values(): Item[] {
    return this.items.flatMap((item) =>
      item instanceof Batch ? item.values() : isValue(item) ? [item] : [],
    );
  }

  /** The errors of items, including nested ones. */
  errors(): PlatformError[] {
    return this.items.flatMap((item) =>
      item instanceof Batch ? item.errors() : item instanceof PlatformError ? [item] : [],
    );
  }

  /** The skipped items, including nested ones. */
  skipped(): Skipped[] {
    return this.items.flatMap((item) =>
      item instanceof Batch ? item.skipped() : item instanceof Skipped ? [item] : [],
    );
  }

  /**
   * Maps each item; `index` is that of the outermost item. A 4xx error stays with its item. So does an unexpected error, so
   * that no item blocks a stream forever. A PlatformError with a 5xx status concerns the function or its peers, and is thrown for
   * the whole batch.
   */
  map<Result>(work: (item: Item, index: number) => BatchItem<Result>): Batch<Result> {
    return this.#mapItems((item, index) => {
      try {
        return work(item, index);
      } catch (error) {
        if (!(error instanceof PlatformError)) return new InternalError(error);
        if (error.status >= 500) throw error;
        return error;
      }
    });
  }

  /**
   * Maps all items without an error in one call of `work`, which resolves with a value or an error for each, in order. It rejects
   * with an error that concerns all. An item's error of 502, 503 or 504 means that the item may succeed later.
   */
  async mapTogether<Result>(
    work: (items: readonly Item[]) => Promise<readonly (Result | PlatformError)[]>,
  ): Promise<Batch<Result>> {
    const values = this.values();
    const results = (values.length === 0 ? [] : await work(values)).values();
    return this.#mapItems(() => results.next().value as Result | PlatformError);
  }

  #mapItems<Result>(
    work: (item: Item, index: number) => BatchItem<Result>,
    outermostIndex?: number,
  ): Batch<Result> {
    const results = this.items.map((item, index): BatchItem<Result> => {
      const itemIndex = outermostIndex ?? index;
      if (item instanceof Batch) return item.#mapItems(work, itemIndex);
      return isValue(item) ? work(item, itemIndex) : item;
    });
    return new Batch(this.form, results);
  }

  /** The entries of the response: a result, an array for an item with nested items, or a Remark. */
  entries(): unknown[] {
    return this.items.map((item, index) =>
      item instanceof Batch ? item.entries() : isValue(item) ? item : toRemark(item, index),
    );
  }

  /** The entries of items that failed or were skipped. */
  remarks(): Remark[] {
    return this.items.flatMap((item, index): Remark[] => {
      if (!(item instanceof Batch)) return isValue(item) ? [] : [toRemark(item, index)];
      const items = item.remarks();
      return items.length === 0 ? [] : [{ index, items }];
    });
  }
}

function isValue<Item>(item: Item | PlatformError | Skipped): item is Item {
  return !(item instanceof PlatformError || item instanceof Skipped);
}

function toRemark(item: PlatformError | Skipped, index: number): ItemError | ItemSkipped {
  if (item instanceof Skipped) return { index, skipped: item.reason };
  return { index, error: { status: item.status, code: item.code, detail: publicDetail(item) } };
}

/**
 * Creates a batch from a JSON value: the items of an array, or the single value.
 * @throws TooManyItemsError (413)
 */
export function parseJsonBatch(value: unknown, limit: number): Batch<unknown> {
  if (!Array.isArray(value)) return new Batch("single", [value]);
  if (value.length > limit) throw new TooManyItemsError({ items: value.length, limit });
  return new Batch("array", value);
}

/**
 * Creates a batch from newline-delimited JSON, with one item for each line. It ignores blank lines. A line that is not JSON is an
 * item with an InvalidJsonError.
 * @throws TooManyItemsError (413)
 */
export function parseNdjsonBatch(text: string, limit: number): Batch<unknown> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > limit) throw new TooManyItemsError({ items: lines.length, limit });
  return new Batch("ndjson", lines).map(parseJson);
}
