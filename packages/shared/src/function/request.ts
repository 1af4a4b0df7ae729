import { BodyTooLargeError, InvalidQueryError, UnsupportedMediaTypeError } from "../errors/request-errors.ts";
import { RawBodyRequiredError } from "../errors/server-errors.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { TemplateEvent } from "./template.ts";

/** A call as a function sees it. */
export class FunctionRequest {
  readonly method: string;
  readonly path: string;
  /** The platform's id of this call (X-Call-Id), or one made here. */
  readonly callId: string;
  readonly #event: TemplateEvent;

  constructor(event: TemplateEvent, callId: string) {
    this.method = event.method;
    this.path = event.path;
    this.callId = callId;
    this.#event = event;
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
   * The body's bytes as they were sent (gzip is already inflated); empty when there is none.
   * @throws UnsupportedMediaTypeError (415) when the content type is malformed: the template drops such a body.
   * @throws RawBodyRequiredError (500) when the template has parsed or dropped the body.
   */
  body(): Buffer {
    const { body } = this.#event;
    if (Buffer.isBuffer(body)) return body;
    if (typeof body === "string") return Buffer.from(body);
    const contentType = this.header("content-type") ?? "";
    const announced =
      this.header("transfer-encoding") !== undefined || Number(this.header("content-length") ?? 0) > 0;
    if (announced && mediaTypeOf(contentType) === undefined) {
      throw new UnsupportedMediaTypeError({ contentType, readable: "a well-formed Content-Type" });
    }
    if (announced || !isEmptyObject(body)) throw new RawBodyRequiredError();
    return Buffer.alloc(0);
  }

  /** The body, if it is no larger than the limit; otherwise throws BodyTooLargeError (413). */
  bodyWithin(limit: number): Buffer {
    const body = this.body();
    if (body.length > limit) throw new BodyTooLargeError({ bytes: body.length, limit });
    return body;
  }
}

function isEmptyObject(value: unknown): boolean {
  return (
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}
