import { InvalidJsonError } from "@platform/shared/errors/request-errors";
import { type Batch, batchOfJson, batchOfNdjson } from "@platform/shared/function/batch";
import { mediaTypeOfBody, parseJson, textOfBody } from "@platform/shared/function/body";
import { isNdjson } from "@platform/shared/function/media-type";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import { parseTweet, type Tweet } from "./tweet.ts";

/**
 * The tweets of a call: one, a JSON array, or NDJSON. The content type only decides when it says NDJSON, because
 * NiFi and curl name types that say nothing.
 * @throws InvalidJsonError, EmptyBodyError (400), TooManyItemsError (413).
 */
export function parseTweets(request: FunctionRequest, { MAX_BATCH_ITEMS: limit }: Config): Batch<Tweet> {
  const text = textOfBody(request);
  return batchOf(text, isNdjson(mediaTypeOfBody(request)), limit).map(parseTweet);
}

function batchOf(text: string, ndjson: boolean, limit: number): Batch<unknown> {
  if (ndjson) return batchOfNdjson(text, limit);
  try {
    return batchOfJson(text, limit);
  } catch (error) {
    if (error instanceof InvalidJsonError && startsWithALineOfJson(text)) return batchOfNdjson(text, limit);
    throw error;
  }
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
