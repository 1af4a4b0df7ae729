import { Batch, parseJsonBatch, parseNdjsonBatch } from "@platform/shared/function/batch";
import type { Form } from "@platform/shared/function/form";
import { readBody } from "@platform/shared/function/read-body";
import type { FunctionRequest } from "@platform/shared/function/request";
import { normalizeLineEnds } from "@platform/shared/text/normalize-line-ends";
import { NotATextError, RepeatedTextError } from "./errors.ts";

/**
 * Reads the texts of a call, with line ends as `\n`. JSON: `{"text": …}`, a string, or an array of these; NDJSON: one of
 * these per line; form: its field `text`. Any other text, and a form without that field, is the body itself.
 * @throws UnsupportedMediaTypeError (415), InvalidJsonError, EmptyBodyError, InvalidEncodingError (400), NotATextError,
 * RepeatedTextError (422).
 */
export function parseTexts(request: FunctionRequest, maxItems: number): Batch<string> {
  const body = readBody(request);
  switch (body.kind) {
    case "json":
      return parseJsonBatch(body.value, maxItems).map(readItemText);
    case "ndjson":
      return parseNdjsonBatch(body.text, maxItems).map(readItemText);
    case "form":
      return new Batch("single", [readFormText(body.form) ?? body.text]);
    default:
      return new Batch("single", [body.text]);
  }
}

function readItemText(item: unknown): string {
  const text = typeof item === "object" && item !== null && "text" in item ? item.text : item;
  if (typeof text !== "string") throw new NotATextError();
  return normalizeLineEnds(text);
}

function readFormText(form: Form): string | undefined {
  const texts = form.values("text");
  if (texts.length > 1) throw new RepeatedTextError({ times: texts.length });
  return texts[0] === undefined ? undefined : normalizeLineEnds(texts[0]);
}
