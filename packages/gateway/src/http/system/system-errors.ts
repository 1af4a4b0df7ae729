import { available } from "@platform/shared/errors/available";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";

/** Maximum problems in an answer. */
const maxProblems = 20;

/** 400: the request is malformed. It lists all problems at once. */
export class InvalidRequestError extends PlatformError {
  constructor(facts: { problems: readonly string[] }) {
    const { problems } = facts;
    const further = problems.length - maxProblems;
    super({
      status: 400,
      code: "invalid_request",
      detail: `${problems.slice(0, maxProblems).join("; ")}${further > 0 ? `; ${further} more problems` : ""}.`,
    });
  }
}

/** 400: the namespace does not exist. faas-cli shows the detail of a 400, but not of a 404. */
export class UnknownNamespaceError extends PlatformError {
  constructor(facts: { name: string; names: readonly string[] }) {
    super({
      status: 400,
      code: "unknown_namespace",
      detail: `There is no namespace "${printable(facts.name)}" of functions; ${available(facts.names)}.`,
    });
  }
}

/** 403: ALLOWED_IMAGES has no prefix of this image. */
export class ImageNotAllowedError extends PlatformError {
  constructor(facts: { image: string; prefixes: readonly string[] }) {
    super({
      status: 403,
      code: "image_not_allowed",
      detail: `The image "${printable(facts.image)}" is not allowed; ALLOWED_IMAGES allows ${facts.prefixes.join(", ")}.`,
    });
  }
}

/** 403: a page in a browser requested a change. */
export class CrossOriginError extends PlatformError {
  constructor({ origin }: { origin: string | undefined }) {
    super({
      status: 403,
      code: "cross_origin",
      detail: `Changes from pages in a browser are refused${origin === undefined ? "" : `; the header Origin is "${printable(origin)}"`}.`,
    });
  }
}

/** 405: the gateway is read-only. */
export class ReadOnlyError extends PlatformError {
  constructor({ sentence = "The gateway is read-only." }: { sentence?: string | undefined }) {
    super({ status: 405, code: "method_not_allowed", detail: sentence, headers: { allow: "GET" } });
  }
}

/** 429: the address has too many delayed responses to wrong logins. */
export class TooManyLoginsError extends PlatformError {
  constructor(facts: { retryAfterSeconds: number }) {
    super({
      status: 429,
      code: "too_many_logins",
      detail: `Too many logins from this address have failed; try again in ${facts.retryAfterSeconds} seconds.`,
      headers: { "retry-after": String(facts.retryAfterSeconds) },
    });
  }
}
