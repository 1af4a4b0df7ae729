import { TextDecoder } from "node:util";
import {
  EmptyBodyError,
  InvalidEncodingError,
  InvalidJsonError,
  UnsupportedMediaTypeError,
} from "../errors/request-errors.ts";
import type { MediaType } from "./media-type.ts";
import type { FunctionRequest } from "./request.ts";

/**
 * Reads the media type of a call's body; text/plain without a Content-Type.
 * @throws UnsupportedMediaTypeError (415) when it is malformed.
 */
export function readMediaType(request: FunctionRequest): MediaType {
  const { mediaType } = request;
  if (mediaType !== undefined) return mediaType;
  const contentType = request.header("content-type") ?? "";
  throw new UnsupportedMediaTypeError({ contentType, readable: "a well-formed Content-Type" });
}

/**
 * Reads the body as text, in the charset of its content type (default: UTF-8).
 * @throws EmptyBodyError (400), InvalidEncodingError (400), UnsupportedMediaTypeError (415, unknown charset).
 */
export function readText(request: FunctionRequest): string {
  const body = request.body();
  if (body.length === 0) throw new EmptyBodyError();
  return decodeText(body, readMediaType(request).charset);
}

/**
 * Decodes bytes in a charset, without a byte order mark.
 * @throws InvalidEncodingError (400), UnsupportedMediaTypeError (415, unknown charset).
 */
export function decodeText(bytes: Buffer, charset = "utf-8"): string {
  const decoder = createDecoder(charset);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new InvalidEncodingError({ charset });
  }
  return decoder.encoding === "windows-1252" ? withWindows1252(text) : text;
}

/**
 * Parses JSON.
 * @throws InvalidJsonError (400)
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidJsonError({ cause });
  }
}

/** The bytes 0x80 to 0x9f in windows-1252, such as typographic quotes. Node.js 18 and 20 decode them as ISO 8859-1. */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function withWindows1252(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => windows1252.charAt(control.charCodeAt(0) - 0x80));
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function createDecoder(charset: string): TextDecoder {
  if (charset === "utf-8") return utf8;
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw new UnsupportedMediaTypeError({
      contentType: `charset=${charset}`,
      readable: "text in UTF-8",
    });
  }
}
