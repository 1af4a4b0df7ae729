import {
  BodyTooLargeError,
  InvalidQueryError,
  UnknownQueryParameterError,
  UnsupportedMediaTypeError,
} from "../errors/request-errors.ts";
import { RawBodyRequiredError } from "../errors/server-errors.ts";
import { readCallId } from "./call-id.ts";
import { type MediaType, parseMediaType } from "./media-type.ts";
import type { TemplateEvent } from "./template.ts";

/**
 * The call of a function.
 *
 * @example
 * ```ts
 * const request = new FunctionRequest({ method: "GET", query: { count: "5" } });
 * request.query("count"); // "5"
 * request.header("content-type"); // undefined
 * ```
 */
export class FunctionRequest {
  readonly method: string;
  readonly path: string;
  /** The platform's id of this call (X-Call-Id), or a generated one. */
  readonly callId: string;
  readonly #event: TemplateEvent;
  #mediaType: { parsed: MediaType | undefined } | undefined;

  /** Missing fields of the event have the template's defaults. */
  constructor(event: Partial<TemplateEvent>) {
    const { body = {}, headers = {}, method = "POST", path = "/", query = {} } = event;
    this.#event = { body, headers, method, path, query };
    this.method = method;
    this.path = path;
    this.callId = readCallId(headers["x-call-id"]);
  }

  /** Returns a header's value. The name must be in lower case. */
  header(name: string): string | undefined {
    const value = this.#event.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  /**
   * Returns a query parameter, or undefined if it is absent.
   * @throws InvalidQueryError (400) when it is repeated, or is not plain text.
   */
  query(name: string): string | undefined {
    const value = Object.hasOwn(this.#event.query, name) ? this.#event.query[name] : undefined;
    if (value === undefined || typeof value === "string") return value;
    throw new InvalidQueryError({ parameter: name, allowed: "given once, as plain text" });
  }

  /**
   * Refuses unknown query parameters, because a misspelled one must not be ignored.
   * @throws UnknownQueryParameterError (400).
   */
  rejectUnknownQuery(names: readonly string[]): void {
    const unknown = Object.keys(this.#event.query).find((name) => !names.includes(name));
    if (unknown !== undefined) throw new UnknownQueryParameterError({ parameter: unknown, allowed: names });
  }

  /**
   * Returns the original bytes of the body (gzip is already inflated); empty without a body.
   * @throws UnsupportedMediaTypeError (415) when the content type is malformed: the template drops such a body.
   * @throws RawBodyRequiredError (500) when the template has parsed or dropped the body.
   */
  rawBody(): Buffer {
    const { body } = this.#event;
    if (Buffer.isBuffer(body)) return body;
    if (typeof body === "string") return Buffer.from(body);
    if (this.#isAnnounced() && this.mediaType === undefined) {
      const contentType = this.header("content-type") ?? "";
      throw new UnsupportedMediaTypeError({ contentType, readable: "a well-formed Content-Type" });
    }
    if (this.#isAnnounced() || !isEmpty(body)) throw new RawBodyRequiredError();
    return Buffer.alloc(0);
  }

  /**
   * Returns the bytes of the body. If the template has parsed JSON, because RAW_BODY is unset, it serialises the JSON again.
   * @throws as rawBody does.
   */
  body(): Buffer {
    const { body } = this.#event;
    const isParsed = typeof body === "object" && body !== null && !Buffer.isBuffer(body);
    if (isParsed && this.#isAnnounced() && this.mediaType?.type === "application/json") {
      return Buffer.from(JSON.stringify(body));
    }
    return this.rawBody();
  }

  /**
   * Returns the body.
   * @throws BodyTooLargeError (413) above the limit, and the errors of rawBody
   */
  limitedBody(limit: number): Buffer {
    const body = this.body();
    if (body.length > limit) throw new BodyTooLargeError({ bytes: body.length, limit });
    return body;
  }

  /** Whether the headers announce a body. The watchdog sends every body in chunks. */
  #isAnnounced(): boolean {
    return this.header("transfer-encoding") !== undefined || Number(this.header("content-length") ?? 0) > 0;
  }

  /** The media type of the body: text/plain without a Content-Type, undefined if it is malformed. */
  get mediaType(): MediaType | undefined {
    this.#mediaType ??= { parsed: parseMediaType(this.header("content-type") ?? "text/plain") };
    return this.#mediaType.parsed;
  }
}

/** The template passes an empty object for a missing body, and for one that it did not accept. */
function isEmpty(body: unknown): boolean {
  return body === undefined || (typeof body === "object" && body !== null && Object.keys(body).length === 0);
}
