import { PlatformError } from "@platform/shared/errors/platform-error";
import type { BlockSelector } from "./block-selector.ts";

/** 404: the chain has no such block (yet). */
export class BlockNotFoundError extends PlatformError {
  constructor({ by, value }: BlockSelector) {
    super({
      status: 404,
      code: "block_not_found",
      detail:
        by === "tag"
          ? `The chain has no ${value} block.`
          : `The chain has no block ${by === "number" ? Number(value) : value}.`,
      headers: { "cache-control": "no-store" }, // it may come
    });
  }
}
