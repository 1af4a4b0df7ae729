import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";
import type { BlockSelector } from "./block-selector.ts";

/** 400: the body is neither empty nor a JSON object. */
export class InvalidBodyError extends PlatformError {
  constructor({ allowed }: { allowed: readonly string[] }) {
    super({
      status: 400,
      code: "invalid_body",
      detail: `The body must be empty or a JSON object; allowed fields: ${allowed.join(", ")}.`,
    });
  }
}

/** 400: the JSON object in the body has a field that is not a parameter. */
export class UnknownFieldError extends PlatformError {
  constructor({ field, allowed }: { field: string; allowed: readonly string[] }) {
    super({
      status: 400,
      code: "invalid_body",
      detail: `Unknown field "${printable(field)}" of the body; allowed: ${allowed.join(", ")}.`,
    });
  }
}

/** 404: the chain does not have this block (yet). */
export class BlockNotFoundError extends PlatformError {
  constructor({ by, value }: BlockSelector) {
    super({
      status: 404,
      code: "block_not_found",
      detail:
        by === "tag"
          ? `The chain has no ${value} block.`
          : `The chain has no block ${by === "number" ? Number(value) : value}.`,
      headers: { "cache-control": "no-store" }, // the block may exist soon
    });
  }
}
