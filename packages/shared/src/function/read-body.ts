import { InvalidJsonError, UnsupportedMediaTypeError } from "../errors/request-errors.ts";
import { normalizeLineEnds } from "../text/normalize-line-ends.ts";
import { mediaTypeOfBody, parseJson, textOfBody } from "./body.ts";
import { type Form, parseForm } from "./form.ts";
import { type JsonContent, jsonByContent } from "./json-by-content.ts";
import { isForm, isJson, isNdjson, isText, isUnspecific } from "./media-type.ts";
import type { FunctionRequest } from "./request.ts";

const readable = "application/json, application/x-ndjson, text/plain or application/x-www-form-urlencoded";

/** The body of a call, decoded. */
export type Body =
  | JsonContent
  /** Text with line ends as `\n`. */
  | { kind: "text"; text: string }
  /** A form, and its source as a text. */
  | { kind: "form"; text: string; form: Form }
  /** CSV with line ends as `\n`. `field` is its value where it is one quoted field, with its line ends as they were. */
  | { kind: "csv"; text: string; field: string | undefined };

/** A body that is recognised by its content. */
export type ContentBody = JsonContent | { kind: "csv"; field: string };

/**
 * The body of a call, by its media type. Under a type that leaves it open, and under none, the content decides: JSON and
 * NDJSON are recognised, a form under its type is, and anything else is a text.
 * @throws UnsupportedMediaTypeError (415), EmptyBodyError, InvalidEncodingError, InvalidJsonError (400).
 */
export function readBody(request: FunctionRequest): Body {
  const mediaType = mediaTypeOfBody(request);
  if (!isJson(mediaType) && !isNdjson(mediaType) && !isText(mediaType)) {
    throw new UnsupportedMediaTypeError({ contentType: mediaType.type, readable });
  }
  const text = textOfBody(request);
  if (isJson(mediaType)) return { kind: "json", value: parseJson(text) };
  if (isNdjson(mediaType)) return { kind: "ndjson", text };
  const json = isUnspecific(mediaType) ? jsonByContent(text) : undefined;
  if (json !== undefined) return json;
  const lines = normalizeLineEnds(text);
  if (mediaType.type === "text/csv") return { kind: "csv", text: lines, field: quotedField(text.trim()) };
  const form = isForm(mediaType) ? parseForm(request.body(), mediaType.charset) : undefined;
  return form === undefined ? { kind: "text", text: lines } : { kind: "form", text: lines, form };
}

/**
 * The body of a call that sends JSON, NDJSON, or one quoted field of CSV. The content decides, because NiFi and curl name
 * types that say nothing; a media type decides only when it is NDJSON's.
 * @throws UnsupportedMediaTypeError (415), EmptyBodyError, InvalidEncodingError, InvalidJsonError (400).
 */
export function readBodyByContent(request: FunctionRequest): ContentBody {
  const text = textOfBody(request);
  if (isNdjson(mediaTypeOfBody(request))) return { kind: "ndjson", text };
  try {
    return { kind: "json", value: parseJson(text) };
  } catch (error) {
    if (!(error instanceof InvalidJsonError)) throw error;
    const field = quotedField(text.trim());
    if (field !== undefined) return { kind: "csv", field };
    if (startsWithJsonLine(text)) return { kind: "ndjson", text };
    throw error;
  }
}

/**
 * The text in the one quoted field that NiFi's AttributesToCSV makes of an attribute, or undefined when it is none. One
 * that is a JSON string as well is read as that, so a backslash and an n in it are a line break; nothing tells them apart.
 */
function quotedField(text: string): string | undefined {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return undefined;
  const field = text.slice(1, -1);
  return field.replaceAll('""', "").includes('"') ? undefined : field.replaceAll('""', '"');
}

function startsWithJsonLine(text: string): boolean {
  const [line = ""] = text.trimStart().split("\n", 1);
  try {
    parseJson(line);
    return true;
  } catch {
    return false;
  }
}
