import type { BlockSelector } from "./block-selector.ts";
import { BlockNotFoundError } from "./errors.ts";
import { formatBlock, type RpcBlock } from "./format-block.ts";
import type { RpcClient } from "./rpc-client.ts";

/**
 * The block as web3.py gives it, with the hashes of its transactions.
 * @throws BlockNotFoundError (404), PeerBadAnswerError (502), PeerUnavailableError (503), PeerTimeoutError (504).
 */
export async function lastBlock(client: RpcClient, { by, value }: BlockSelector) {
  const method = by === "hash" ? "eth_getBlockByHash" : "eth_getBlockByNumber";
  const block = await client.send(method, [value, false]);
  if (block === null)
    throw new BlockNotFoundError({ block: by === "number" ? String(BigInt(value)) : value });
  if (!isBlock(block)) throw client.badAnswer(new TypeError(`${method} gave no block`));
  try {
    return formatBlock(block);
  } catch (cause) {
    throw client.badAnswer(cause);
  }
}

function isBlock(value: unknown): value is RpcBlock {
  return typeof value === "object" && value !== null && "number" in value;
}
