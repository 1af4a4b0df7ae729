import { dataLength } from "ethers";
import { type ChainNode, call, quantity } from "./chain-nodes.ts";
import { readProducer } from "./consensus-kind.ts";
import { readHead } from "./read-head.ts";
import type { RpcBlock, RpcTransaction } from "./rpc-types.ts";
import { readTokenFacts } from "./token-facts.ts";
import { transactionSummary } from "./transaction-summary.ts";
import type { AddressView } from "./view.ts";

/** A search for the transactions of an address. */
export interface AddressOptions {
  /** The address with its checksum. */
  address: string;
  /** The number of blocks to search. */
  blocks: number;
  /** Searches below this block; undefined: the latest blocks. */
  before: number | undefined;
  /** Aborts the search when the client disconnects. */
  signal: AbortSignal;
}

/** Blocks per request. */
const chunkSize = 25;
/** The search sends no further request after this time. */
const searchMs = 700;
const maxTransactions = 500;

/** Reads the state of an address, and its transactions in some blocks. JSON-RPC has no index of transactions, so it reads the blocks. */
export async function readAddressView(node: ChainNode, options: AddressOptions): Promise<AddressView> {
  const { address, before } = options;
  const [head, [balance, nonce, code]] = await Promise.all([
    readHead(node),
    node.send([
      call("eth_getBalance", address, "latest"),
      call("eth_getTransactionCount", address, "latest"),
      call("eth_getCode", address, "latest"),
    ]) as Promise<string[]>,
  ]);
  const codeSize = dataLength(code!);
  const newest = Math.min(head.number, (before ?? head.number + 1) - 1);
  const [search, facts] = await Promise.all([
    searchBlocks(node, newest, options),
    codeSize === 0 ? { symbol: null } : readTokenFacts(node, address),
  ]);
  return {
    address,
    latest: head.number,
    balance: String(BigInt(balance!)),
    nonce: String(BigInt(nonce!)),
    codeSize,
    symbol: facts.symbol,
    searched: { from: search.from, to: newest },
    stopped: search.stopped,
    transactions: search.blocks.flatMap((block) => listTransactions(block, address)),
    produced: search.blocks.filter((block) => readProducer(block, head.consensus) === address).length,
  };
}

/** Reads blocks, newest first, until the requested number or a limit is reached. */
async function searchBlocks(
  node: ChainNode,
  newest: number,
  { address, blocks: count, signal }: AddressOptions,
): Promise<{ blocks: RpcBlock[]; from: number; stopped: AddressView["stopped"] }> {
  const oldest = Math.max(0, newest - count + 1);
  const end = performance.now() + searchMs;
  const blocks: RpcBlock[] = [];
  let transactions = 0;
  let next = newest;
  while (next >= oldest) {
    const length = Math.min(chunkSize, next - oldest + 1);
    const numbers = Array.from({ length }, (_, index) => next - index);
    const chunk = (await node.send(
      numbers.map((number) => call("eth_getBlockByNumber", quantity(number), true)),
    )) as (RpcBlock | null)[];
    const existing = chunk.filter((block) => block !== null);
    blocks.push(...existing);
    transactions += existing.reduce((sum, block) => sum + involved(block, address).length, 0);
    next -= length;
    if (next < oldest) break;
    if (transactions >= maxTransactions) return { blocks, from: next + 1, stopped: "length" };
    if (signal.aborted || performance.now() > end) return { blocks, from: next + 1, stopped: "time" };
  }
  return { blocks, from: Math.min(oldest, newest + 1), stopped: null };
}

function listTransactions(block: RpcBlock, address: string) {
  const time = Number(block.timestamp) * 1_000;
  return involved(block, address)
    .map((transaction) => transactionSummary(transaction, time))
    .reverse();
}

/** Returns the transactions of a block that an address sent or received. */
function involved(block: RpcBlock, address: string): RpcTransaction[] {
  const lower = address.toLowerCase();
  return (block.transactions as readonly RpcTransaction[]).filter(
    ({ from, to }) => from.toLowerCase() === lower || to?.toLowerCase() === lower,
  );
}
