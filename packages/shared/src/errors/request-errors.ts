import { PlatformError } from "./platform-error.ts";
import { printable } from "./printable.ts";

/** 405: the function does not support the method. */
export class MethodNotAllowedError extends PlatformError {
  constructor(facts: { method: string; allowed: readonly string[] }) {
    const allow = facts.allowed.join(", ");
    super({
      status: 405,
      code: "method_not_allowed",
      detail: `The method ${printable(facts.method)} is not allowed here; use ${allow}.`,
      headers: { allow },
    });
  }
}

/** 401: credentials are missing or wrong. The message does not reveal which. */
export class UnauthorizedError extends PlatformError {
  constructor(facts: { accepted: readonly string[]; challenge: string }) {
    super({
      status: 401,
      code: "unauthorized",
      detail: `The call is not authenticated; send ${facts.accepted.join(" or ")}.`,
      headers: { "www-authenticate": facts.challenge },
    });
  }
}

/** 415: the function cannot read a body of this content type, or the type itself is malformed. */
export class UnsupportedMediaTypeError extends PlatformError {
  constructor(facts: { contentType: string; readable: string }) {
    super({
      status: 415,
      code: "unsupported_media_type",
      detail: `A body of type "${printable(facts.contentType)}" cannot be read here; send ${facts.readable}.`,
    });
  }
}

/** 413: the body is larger than MAX_BODY_BYTES. */
export class BodyTooLargeError extends PlatformError {
  constructor(facts: { bytes: number; limit: number }) {
    super({
      status: 413,
      code: "body_too_large",
      detail: `The body has ${facts.bytes} bytes; at most ${facts.limit} are allowed (MAX_BODY_BYTES).`,
    });
  }
}

/** 413: a batch has more items than MAX_BATCH_ITEMS. */
export class TooManyItemsError extends PlatformError {
  constructor(facts: { items: number; limit: number }) {
    super({
      status: 413,
      code: "too_many_items",
      detail: `The batch has ${facts.items} items; at most ${facts.limit} are allowed (MAX_BATCH_ITEMS).`,
    });
  }
}

/** 400: the call has no body. */
export class EmptyBodyError extends PlatformError {
  constructor() {
    super({ status: 400, code: "empty_body", detail: "The body is empty." });
  }
}

/** 400: the body, or a line of NDJSON, is not JSON. */
export class InvalidJsonError extends PlatformError {
  constructor(facts: { cause?: unknown } = {}) {
    super({ status: 400, code: "invalid_json", detail: "The body is not valid JSON.", cause: facts.cause });
  }
}

/** 400: the bytes are not text in the charset of the content type (default: UTF-8). */
export class InvalidEncodingError extends PlatformError {
  constructor(facts: { charset: string }) {
    super({
      status: 400,
      code: "invalid_encoding",
      detail: `The body is not valid ${printable(facts.charset)} text.`,
    });
  }
}

/** 400: a parameter of the query, or of the body that replaces it, has an invalid value. */
export class InvalidQueryError extends PlatformError {
  constructor(facts: { parameter: string; allowed: string }) {
    super({
      status: 400,
      code: "invalid_query",
      detail: `The parameter "${printable(facts.parameter)}" must be ${facts.allowed}.`,
    });
  }
}

/** 400: an unknown query parameter. */
export class UnknownQueryParameterError extends PlatformError {
  constructor(facts: { parameter: string; allowed: readonly string[] }) {
    const allowed = facts.allowed.length === 0 ? "none is allowed" : `allowed: ${facts.allowed.join(", ")}`;
    super({
      status: 400,
      code: "invalid_query",
      detail: `Unknown query parameter "${printable(facts.parameter)}"; ${allowed}.`,
    });
  }
}
