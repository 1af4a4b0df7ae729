import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";

/** 404: the chain has no such block. */
export class BlockNotFoundError extends PlatformError {
  constructor({ id, latest }: { id: string; latest: number | undefined }) {
    const head = latest === undefined ? "" : ` The latest block is ${latest}.`;
    super({
      status: 404,
      code: "block_not_found",
      detail: `The chain has no block ${printable(id)}.${head}`,
    });
  }
}

/** 404: the node knows no such transaction. */
export class TransactionNotFoundError extends PlatformError {
  constructor({ hash }: { hash: string }) {
    super({
      status: 404,
      code: "transaction_not_found",
      detail: `The node knows no transaction ${hash}. It may belong to another chain, or may not have reached this node.`,
    });
  }
}

/** 404: no block and no transaction has this hash. */
export class HashNotFoundError extends PlatformError {
  constructor({ hash }: { hash: string }) {
    super({
      status: 404,
      code: "hash_not_found",
      detail: `No block and no transaction of this chain has the hash ${hash}.`,
    });
  }
}

/** 400: a part of the URL has the wrong form. */
export class InvalidEthereumQueryError extends PlatformError {
  constructor({ name, value, allowed }: { name: string; value: string; allowed: string }) {
    super({
      status: 400,
      code: "invalid_query",
      detail: `${name} is ${printable(value)}; it must be ${allowed}.`,
    });
  }
}
