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
 * The media type of a call's body; text/plain when the call names none.
 * @throws UnsupportedMediaTypeError (415) when it is malformed.
 */
export function mediaTypeOfBody(request: FunctionRequest): MediaType {
  const { mediaType } = request;
  if (mediaType !== undefined) return mediaType;
  const contentType = request.header("content-type") ?? "";
  throw new UnsupportedMediaTypeError({ contentType, readable: "a well-formed Content-Type" });
}

/**
 * The body as text, decoded from the charset that its content type names, or UTF-8.
 * @throws EmptyBodyError (400), InvalidEncodingError (400), UnsupportedMediaTypeError (415, unknown charset).
 */
export function textOfBody(request: FunctionRequest): string {
  const body = request.body();
  if (body.length === 0) throw new EmptyBodyError();
  const { charset = "utf-8" } = mediaTypeOfBody(request);
  const decoder = decoderOf(charset);
  try {
    return decoder.decode(body);
  } catch {
    throw new InvalidEncodingError({ charset });
  }
}

/** The value of a JSON text; throws InvalidJsonError (400). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidJsonError({ cause });
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decoderOf(charset: string): TextDecoder {
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
