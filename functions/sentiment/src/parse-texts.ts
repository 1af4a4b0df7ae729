import { UnsupportedMediaTypeError } from "@platform/shared/errors/request-errors";
import { Batch, batchOfJson, batchOfNdjson } from "@platform/shared/function/batch";
import { mediaTypeOfBody, textOfBody } from "@platform/shared/function/body";
import { isJson, isNdjson, isText } from "@platform/shared/function/media-type";
import type { FunctionRequest } from "@platform/shared/function/request";
import { NotATextError } from "./errors.ts";

/**
 * The texts of a call. JSON: `{"text": …}`, a string, or an array of these; NDJSON: one of these a line; every
 * text type, octet-stream, a form (`curl -d`) or no type: the body is the text.
 * @throws UnsupportedMediaTypeError (415) for any other type, InvalidJsonError, EmptyBodyError (400), NotATextError (422).
 */
export function parseTexts(request: FunctionRequest, maxItems: number): Batch<string> {
  const mediaType = mediaTypeOfBody(request);
  if (isJson(mediaType)) return batchOfJson(textOfBody(request), maxItems).map(textOfItem);
  if (isNdjson(mediaType)) return batchOfNdjson(textOfBody(request), maxItems).map(textOfItem);
  if (isText(mediaType)) return new Batch("single", [textOfBody(request)]);
  throw new UnsupportedMediaTypeError({
    contentType: mediaType.type,
    readable: "text/plain, application/json or application/x-ndjson",
  });
}

function textOfItem(item: unknown): string {
  const text = typeof item === "object" && item !== null && "text" in item ? item.text : item;
  if (typeof text !== "string") throw new NotATextError();
  return text;
}
