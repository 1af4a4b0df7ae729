import {
  BodyTooLargeError,
  InvalidQueryError,
  UnknownQueryParameterError,
  UnsupportedMediaTypeError,
} from "../errors/request-errors.ts";
import { RawBodyRequiredError } from "../errors/server-errors.ts";
import { callIdOf } from "./call-id.ts";
import { type MediaType, mediaTypeOf } from "./media-type.ts";
import type { TemplateEvent } from "./template.ts";

/** A call as a function sees it. */
export class FunctionRequest {
  readonly method: string;
  readonly path: string;
  /** The platform's id of this call (X-Call-Id), or one made here. */
  readonly callId: string;
  readonly #event: TemplateEvent;
  #mediaType: { parsed: MediaType | undefined } | undefined;

  /** What a caller that is not the template may leave out of the event has the template's defaults. */
  constructor(event: Partial<TemplateEvent>) {
    const { body = {}, headers = {}, method = "POST", path = "/", query = {} } = event;
    this.#event = { body, headers, method, path, query };
    this.method = method;
    this.path = path;
    this.callId = callIdOf(headers["x-call-id"]);
  }

  /** A header's value; the name is in lower case. */
  header(name: string): string | undefined {
    const value = this.#event.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  /**
   * A query parameter, or undefined when it is absent.
   * @throws InvalidQueryError (400) when it is given more than once, or is not plain text.
   */
  query(name: string): string | undefined {
    const value = Object.hasOwn(this.#event.query, name) ? this.#event.query[name] : undefined;
    if (value === undefined || typeof value === "string") return value;
    throw new InvalidQueryError({ parameter: name, allowed: "given once, as plain text" });
  }

  /**
   * Refuses unknown query parameters: a typing error must not change what a call means.
   * @throws UnknownQueryParameterError (400).
   */
  onlyQuery(names: readonly string[]): void {
    const unknown = Object.keys(this.#event.query).find((name) => !names.includes(name));
    if (unknown !== undefined) throw new UnknownQueryParameterError({ parameter: unknown, allowed: names });
  }

  /**
   * The body's bytes as they were sent (gzip is already inflated); empty when there is none.
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
   * The body: its bytes, or, where the template has parsed JSON for lack of RAW_BODY, the same JSON written anew.
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

  /** The body, if it is no larger than the limit; otherwise throws BodyTooLargeError (413). */
  bodyWithin(limit: number): Buffer {
    const body = this.body();
    if (body.length > limit) throw new BodyTooLargeError({ bytes: body.length, limit });
    return body;
  }

  /** Do the headers say that there is a body? Behind the watchdog every body is chunked. */
  #isAnnounced(): boolean {
    return this.header("transfer-encoding") !== undefined || Number(this.header("content-length") ?? 0) > 0;
  }

  /** The media type of the body, text/plain when none is named; undefined when it is malformed. */
  get mediaType(): MediaType | undefined {
    this.#mediaType ??= { parsed: mediaTypeOf(this.header("content-type") ?? "text/plain") };
    return this.#mediaType.parsed;
  }
}

/** What the template hands over where there is no body, or one that it did not take. */
function isEmpty(body: unknown): boolean {
  return body === undefined || (typeof body === "object" && body !== null && Object.keys(body).length === 0);
}
