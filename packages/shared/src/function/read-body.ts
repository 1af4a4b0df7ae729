import { InvalidJsonError, UnsupportedMediaTypeError } from "../errors/request-errors.ts";
import { normalizeLineEnds } from "../text/normalize-line-ends.ts";
import { parseJson, readMediaType, readText } from "./body.ts";
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
  /** A form, and its source text. */
  | { kind: "form"; text: string; form: Form }
  /** CSV with line ends as `\n`. If the body is a single quoted field, `field` is its value with the original line ends. */
  | { kind: "csv"; text: string; field: string | undefined };

/** A body whose format was detected from its content. */
export type ContentBody = JsonContent | { kind: "csv"; field: string };

/**
 * Reads the body of a call by its media type. With an unspecific type, or without one, it detects JSON and NDJSON from the content.
 * A form needs its own type. Anything else is text.
 * @throws UnsupportedMediaTypeError (415), EmptyBodyError, InvalidEncodingError, InvalidJsonError (400).
 */
export function readBody(request: FunctionRequest): Body {
  const mediaType = readMediaType(request);
  if (!isJson(mediaType) && !isNdjson(mediaType) && !isText(mediaType)) {
    throw new UnsupportedMediaTypeError({ contentType: mediaType.type, readable });
  }
  const text = readText(request);
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
 * Reads a body that is JSON, NDJSON, or a single quoted field of CSV. It detects the format from the content, because NiFi and curl
 * send unspecific types. Only the media type of NDJSON takes precedence.
 * @throws UnsupportedMediaTypeError (415), EmptyBodyError, InvalidEncodingError, InvalidJsonError (400).
 */
export function readBodyByContent(request: FunctionRequest): ContentBody {
  const text = readText(request);
  if (isNdjson(readMediaType(request))) return { kind: "ndjson", text };
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
 * Reads the single quoted field that NiFi's AttributesToCSV writes for an attribute; undefined for anything else. A field that is
 * also a valid JSON string is read as JSON, so its `\n` is a line break: the two formats cannot be told apart.
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
