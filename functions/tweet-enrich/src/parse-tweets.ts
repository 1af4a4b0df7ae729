import { InvalidJsonError, TooManyItemsError } from "@platform/shared/errors/request-errors";
import { Batch, parseNdjsonBatch } from "@platform/shared/function/batch";
import { parseJson, readText } from "@platform/shared/function/body";
import { type ContentBody, readBodyByContent } from "@platform/shared/function/read-body";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import { parseItem } from "./parse-item.ts";
import type { Tweet } from "./tweet.ts";

/**
 * Parses the tweets of a call from a JSON value, NDJSON, a file of Twitter's archive, or a single text quoted as in CSV.
 * @throws InvalidJsonError, EmptyBodyError (400), TooManyItemsError (413), and for a single tweet the errors of parseItem.
 */
export function parseTweets(
  request: FunctionRequest,
  { MAX_BATCH_ITEMS: limit }: Pick<Config, "MAX_BATCH_ITEMS">,
): Batch<Tweet> {
  const batch = toBatch(readContent(request), limit);
  const items = countItems(batch);
  if (items > limit) throw new TooManyItemsError({ items, limit });
  return batch;
}

function toBatch(body: ContentBody, limit: number): Batch<Tweet> {
  if (body.kind === "ndjson")
    return parseNdjsonBatch(body.text, limit).map((value) => parseItem(value, limit));
  const item = parseItem(body.kind === "json" ? body.value : body.field, limit);
  return item instanceof Batch ? item : new Batch("single", [item]);
}

/** The beginning of a file of Twitter's archive: `window.YTD.tweets.part0 = [`. */
const archive = /^\s*window\.YTD\.\w+\.part\d+\s*=(?=\s*\[)/;

function readContent(request: FunctionRequest): ContentBody {
  try {
    return readBodyByContent(request);
  } catch (error) {
    if (!(error instanceof InvalidJsonError)) throw error;
    const text = readText(request);
    if (!archive.test(text)) throw error;
    return { kind: "json", value: parseJson(text.replace(archive, "")) };
  }
}

/** Counts the items of a batch, including nested batches. */
function countItems(batch: Batch<unknown>): number {
  return batch.items.reduce<number>(
    (count, item) => count + (item instanceof Batch ? countItems(item) : 1),
    0,
  );
}
