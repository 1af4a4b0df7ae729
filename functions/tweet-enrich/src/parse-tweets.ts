import { InvalidJsonError, TooManyItemsError } from "@platform/shared/errors/request-errors";
import { Batch, batchOfJson, batchOfNdjson } from "@platform/shared/function/batch";
import { mediaTypeOfBody, parseJson, textOfBody } from "@platform/shared/function/body";
import { isNdjson } from "@platform/shared/function/media-type";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import { isTwitterPage, tweetsOfPage } from "./posts/twitter-page.ts";
import { parseTweet, type Tweet } from "./tweet.ts";

/**
 * The tweets of a call: one, a JSON array, a page of v2, NDJSON, or one text quoted as in CSV. The content type only
 * decides when it says NDJSON, because NiFi and curl name types that say nothing.
 * @throws InvalidJsonError, EmptyBodyError (400), TooManyItemsError (413), and of one tweet alone what parseTweet throws.
 */
export function parseTweets(
  request: FunctionRequest,
  { MAX_BATCH_ITEMS: limit }: Pick<Config, "MAX_BATCH_ITEMS">,
): Batch<Tweet> {
  const text = textOfBody(request);
  return batchOf(text, isNdjson(mediaTypeOfBody(request)), limit).map(parseTweet);
}

function batchOf(text: string, ndjson: boolean, limit: number): Batch<unknown> {
  if (ndjson) return batchOfNdjson(text, limit);
  try {
    return withPageExpanded(batchOfJson(text, limit), limit);
  } catch (error) {
    if (!(error instanceof InvalidJsonError)) throw error;
    const unquoted = unquotedCsv(text.trim());
    if (unquoted !== undefined) return new Batch("single", [unquoted]);
    if (startsWithALineOfJson(text)) return batchOfNdjson(text, limit);
    throw error;
  }
}

function withPageExpanded(batch: Batch<unknown>, limit: number): Batch<unknown> {
  const [page] = batch.items;
  if (batch.form !== "single" || !isTwitterPage(page)) return batch;
  const items = page.data?.length ?? 0;
  if (items > limit) throw new TooManyItemsError({ items, limit });
  return new Batch("array", tweetsOfPage(page));
}

/**
 * The text in the one quoted field that NiFi's AttributesToCSV makes of an attribute, or undefined when it is none. One
 * that is a JSON string as well is read as that, so a backslash and an n in it are a line break; nothing tells them apart.
 */
function unquotedCsv(text: string): string | undefined {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return undefined;
  const field = text.slice(1, -1);
  return field.replaceAll('""', "").includes('"') ? undefined : field.replaceAll('""', '"');
}

function startsWithALineOfJson(text: string): boolean {
  const lines = text.trimStart().split("\n", 1);
  try {
    parseJson(lines[0] ?? "");
    return true;
  } catch {
    return false;
  }
}
