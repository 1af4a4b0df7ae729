import { Batch, batchOfJson, batchOfNdjson } from "@platform/shared/function/batch";
import { readBody } from "@platform/shared/function/read-body";
import type { FunctionRequest } from "@platform/shared/function/request";
import { normalizeLineEnds } from "@platform/shared/text/normalize-line-ends";
import { NotATextError } from "./errors.ts";

/**
 * The texts of a call, with line ends as `\n`. JSON: `{"text": …}`, a string, or an array of these; NDJSON: one of these a
 * line; every text type, octet-stream, a form (`curl -d`) or no type: the body is the text.
 * @throws UnsupportedMediaTypeError (415) for any other type, InvalidJsonError, EmptyBodyError (400), NotATextError (422).
 */
export function parseTexts(request: FunctionRequest, maxItems: number): Batch<string> {
  const body = readBody(request);
  if (body.kind === "json") return batchOfJson(body.value, maxItems).map(textOfItem);
  if (body.kind === "ndjson") return batchOfNdjson(body.text, maxItems).map(textOfItem);
  return new Batch("single", [body.text]);
}

function textOfItem(item: unknown): string {
  const text = typeof item === "object" && item !== null && "text" in item ? item.text : item;
  if (typeof text !== "string") throw new NotATextError();
  return normalizeLineEnds(text);
}
