import { PlatformError } from "@platform/shared/errors/platform-error";

/** 404: the chain has no such block (yet). */
export class BlockNotFoundError extends PlatformError {
  constructor(facts: { block: string }) {
    super({ status: 404, code: "block_not_found", detail: `The chain has no block ${facts.block}.` });
  }
}
