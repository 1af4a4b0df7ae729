import { type ChainNode, call } from "./chain-nodes.ts";
import { BlockNotFoundError, HashNotFoundError, InvalidEthereumQueryError } from "./ethereum-errors.ts";
import { isHash, maxBlockNumber, readAddress } from "./ethereum-parameters.ts";
import type { SearchResult } from "./view.ts";

/**
 * Resolves a search: a block by its number, a block or a transaction by its hash, or an address.
 * @throws InvalidEthereumQueryError (400), BlockNotFoundError (404), HashNotFoundError (404)
 */
export async function searchChain(node: ChainNode, text: string): Promise<SearchResult> {
  const query = text.trim();
  if (isHash(query)) return searchHash(node, query.toLowerCase());
  if (/^0x[\da-f]{40}$/i.test(query)) return { kind: "address", id: readAddress(query) };
  const number = readBlockNumber(query);
  if (number === undefined) {
    throw new InvalidEthereumQueryError({
      name: "The search",
      value: query,
      allowed: "a block's number, a hash (0x and 64 hexadecimal digits) or an address (0x and 40)",
    });
  }
  const [latest] = await node.send([call("eth_blockNumber")]);
  if (number > Number(latest)) {
    throw new BlockNotFoundError({ id: String(number), latest: Number(latest) });
  }
  return { kind: "block", id: String(number) };
}

/** Parses 1234, 1,234 or 0x4d2. */
function readBlockNumber(text: string): number | undefined {
  const digits = text.replace(/(?<=\d)[,_ ](?=\d{3})/g, "");
  if (!/^(\d{1,15}|0x[\da-f]{1,12})$/i.test(digits)) return undefined;
  const number = Number(digits);
  return number <= maxBlockNumber ? number : undefined;
}

async function searchHash(node: ChainNode, hash: string): Promise<SearchResult> {
  const [block, transaction] = await node.send([
    call("eth_getBlockByHash", hash, false),
    call("eth_getTransactionByHash", hash),
  ]);
  if (transaction != null) return { kind: "transaction", id: hash };
  if (block != null) return { kind: "block", id: hash };
  throw new HashNotFoundError({ hash });
}
