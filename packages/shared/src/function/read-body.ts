import { InvalidJsonError, UnsupportedMediaTypeError } from "../errors/request-errors.ts";
import { normalizeLineEnds } from "../text/normalize-line-ends.ts";
import { mediaTypeOfBody, parseJson, textOfBody } from "./body.ts";
import { isJson, isNdjson, isText, type MediaType } from "./media-type.ts";
import type { FunctionRequest } from "./request.ts";

/** The body of a call, decoded. */
export type Body =
  /** A JSON text and its value. */
  | { kind: "json"; value: unknown }
  /** Newline-delimited JSON; its lines are not parsed yet (`batchOfNdjson`). */
  | { kind: "ndjson"; text: string }
  /** Text with line ends as `\n`; a form is what `curl -d` sends, and is not taken apart. */
  | { kind: "text" | "form"; text: string }
  /** CSV with line ends as `\n`. `field` is its value where it is one quoted field, with its line ends as they were. */
  | { kind: "csv"; text: string; field: string | undefined };

/** A body that is recognised by its content. */
export type ContentBody = Extract<Body, { kind: "json" | "ndjson" }> | { kind: "csv"; field: string };

/**
 * The body of a call, by its media type; a call without one sends text.
 * @throws UnsupportedMediaTypeError (415), EmptyBodyError, InvalidEncodingError, InvalidJsonError (400).
 */
export function readBody(request: FunctionRequest): Body {
  const mediaType = mediaTypeOfBody(request);
  const kind = kindOf(mediaType);
  if (kind === undefined) {
    throw new UnsupportedMediaTypeError({
      contentType: mediaType.type,
      readable: "text/plain, application/json or application/x-ndjson",
    });
  }
  const text = textOfBody(request);
  if (kind === "json") return { kind, value: parseJson(text) };
  if (kind === "ndjson") return { kind, text };
  const lines = normalizeLineEnds(text);
  return kind === "csv" ? { kind, text: lines, field: quotedField(text.trim()) } : { kind, text: lines };
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

function kindOf(mediaType: MediaType): Body["kind"] | undefined {
  if (isJson(mediaType)) return "json";
  if (isNdjson(mediaType)) return "ndjson";
  if (mediaType.type === "text/csv") return "csv";
  if (mediaType.type === "application/x-www-form-urlencoded") return "form";
  return isText(mediaType) ? "text" : undefined;
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
