import { TooManyItemsError } from "@platform/shared/errors/request-errors";
import { Batch, batchOfJson, batchOfNdjson } from "@platform/shared/function/batch";
import { type ContentBody, readBodyByContent } from "@platform/shared/function/read-body";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import { parseTweet } from "./parse-tweet.ts";
import { isTwitterPage, tweetsOfPage } from "./posts/twitter-page.ts";
import type { Tweet } from "./tweet.ts";

/**
 * The tweets of a call: one, a JSON array, a page of v2, NDJSON, or one text quoted as in CSV.
 * @throws InvalidJsonError, EmptyBodyError (400), TooManyItemsError (413), and of one tweet alone what parseTweet throws.
 */
export function parseTweets(
  request: FunctionRequest,
  { MAX_BATCH_ITEMS: limit }: Pick<Config, "MAX_BATCH_ITEMS">,
): Batch<Tweet> {
  return batchOf(readBodyByContent(request), limit).map(parseTweet);
}

function batchOf(body: ContentBody, limit: number): Batch<unknown> {
  switch (body.kind) {
    case "json":
      return withPageExpanded(batchOfJson(body.value, limit), limit);
    case "ndjson":
      return batchOfNdjson(body.text, limit);
    case "csv":
      return new Batch("single", [body.field]);
  }
}

function withPageExpanded(batch: Batch<unknown>, limit: number): Batch<unknown> {
  const [page] = batch.items;
  if (batch.form !== "single" || !isTwitterPage(page)) return batch;
  const items = page.data?.length ?? 0;
  if (items > limit) throw new TooManyItemsError({ items, limit });
  return new Batch("array", tweetsOfPage(page));
}
