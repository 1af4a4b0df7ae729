import { PlatformError } from "../errors/platform-error.ts";
import { publicDetail } from "../errors/problem.ts";
import { TooManyItemsError } from "../errors/request-errors.ts";
import { InternalError } from "../errors/server-errors.ts";
import { parseJson } from "./body.ts";

/** How the items came, and so how their results are answered. */
export type BatchForm = "single" | "array" | "ndjson";

/** An item for which nothing is to be done, such as a stream's notice that a post was deleted. */
export class Skipped {
  /** What it is, in snake_case: `delete`. */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** A batch's entry for an item that failed. */
interface ItemError {
  /** Place of the item in the batch, from 0. */
  index: number;
  error: { status: number; code: string; detail: string };
}

/** A batch's entry for an item that was skipped. */
interface ItemSkipped {
  /** Place of the item in the batch, from 0. */
  index: number;
  skipped: string;
}

/** An entry that has no result: a failed or skipped item, or an item that holds several of which some are such. */
export type Remark = ItemError | ItemSkipped | { index: number; items: Remark[] };

/** An item, or what became of it; a Batch where one item holds several, such as a page of results in a line of NDJSON. */
export type BatchItem<Item> = Item | PlatformError | Skipped | Batch<Item>;

/**
 * The items of one call in their order, each a value or what it ended in. One item alone (`single`) throws its error,
 * which then is the answer; in an `array` or `ndjson` the others go on.
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

  /** The items that have neither failed nor been skipped, also those within an item. */
  values(): Item[] {
    return this.items.flatMap((item) =>
      item instanceof Batch ? item.values() : isValue(item) ? [item] : [],
    );
  }

  /** The errors of items, also of those within an item. */
  errors(): PlatformError[] {
    return this.items.flatMap((item) =>
      item instanceof Batch ? item.errors() : item instanceof PlatformError ? [item] : [],
    );
  }

  /** The skipped items, also those within an item. */
  skipped(): Skipped[] {
    return this.items.flatMap((item) =>
      item instanceof Batch ? item.skipped() : item instanceof Skipped ? [item] : [],
    );
  }

  /**
   * Each item's result; `place` is that of the outermost item. An error up to 422 stays with its item, and so does an
   * unexpected error, so that one item cannot block a stream for ever; a PlatformError from 500 up is about the function
   * or its peers and is thrown for the whole batch.
   */
  map<Result>(work: (item: Item, place: number) => BatchItem<Result>): Batch<Result> {
    return this.#mapItems((item, place) => {
      try {
        return work(item, place);
      } catch (error) {
        if (!(error instanceof PlatformError)) return new InternalError(error);
        if (error.status >= 500) throw error;
        return error;
      }
    });
  }

  /**
   * The results of work on all items at once that have no error yet. The work gives one for each, in order: a value or
   * the item's error; it rejects with what concerns them all. An item's error of 502, 503 or 504 means that the same item
   * may succeed later.
   */
  async mapTogether<Result>(
    work: (items: readonly Item[]) => Promise<readonly (Result | PlatformError)[]>,
  ): Promise<Batch<Result>> {
    const values = this.values();
    const results = (values.length === 0 ? [] : await work(values)).values();
    return this.#mapItems(() => results.next().value as Result | PlatformError);
  }

  #mapItems<Result>(
    work: (item: Item, place: number) => BatchItem<Result>,
    outermost?: number,
  ): Batch<Result> {
    const results = this.items.map((item, index): BatchItem<Result> => {
      const place = outermost ?? index;
      if (item instanceof Batch) return item.#mapItems(work, place);
      return isValue(item) ? work(item, place) : item;
    });
    return new Batch(this.form, results);
  }

  /** The entries of the answer: a result, an array for an item that holds several, or a Remark. */
  entries(): unknown[] {
    return this.items.map((item, index) =>
      item instanceof Batch ? item.entries() : isValue(item) ? item : remark(item, index),
    );
  }

  /** The entries of items that failed or were skipped. */
  remarks(): Remark[] {
    return this.items.flatMap((item, index): Remark[] => {
      if (!(item instanceof Batch)) return isValue(item) ? [] : [remark(item, index)];
      const items = item.remarks();
      return items.length === 0 ? [] : [{ index, items }];
    });
  }
}

function isValue<Item>(item: Item | PlatformError | Skipped): item is Item {
  return !(item instanceof PlatformError || item instanceof Skipped);
}

function remark(item: PlatformError | Skipped, index: number): ItemError | ItemSkipped {
  if (item instanceof Skipped) return { index, skipped: item.reason };
  return { index, error: { status: item.status, code: item.code, detail: publicDetail(item) } };
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
