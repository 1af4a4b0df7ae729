import { getAddress } from "ethers";
import { type ChainNode, call, quantity } from "./chain-nodes.ts";
import { readProducer } from "./consensus-kind.ts";
import { BlockNotFoundError } from "./ethereum-errors.ts";
import { readBlockId } from "./ethereum-parameters.ts";
import { readHead } from "./read-head.ts";
import type { RpcBlock, RpcTransaction } from "./rpc-types.ts";
import { transactionSummary } from "./transaction-summary.ts";
import type { BlockDetail, BlockSummary, BlocksPage, ConsensusKind } from "./view.ts";

/** Maximum transactions of a block in an answer. */
const maxItems = 100;

/** Reads the blocks below a number, newest first; the latest ones if it is undefined. */
export async function readBlocks(
  node: ChainNode,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<BlocksPage> {
  const head = await readHead(node);
  const first = Math.min(head.number, (before ?? head.number + 1) - 1);
  const numbers = Array.from({ length: Math.min(limit, first + 1) }, (_, index) => first - index);
  const blocks = (await node.send(
    numbers.map((number) => call("eth_getBlockByNumber", quantity(number), false)),
  )) as (RpcBlock | null)[];
  return {
    latest: head.number,
    consensus: head.consensus,
    blocks: blocks.filter((block) => block !== null).map((block) => blockSummary(block, head.consensus)),
  };
}

/** Reads a block with its transactions from an index on. @throws BlockNotFoundError (404) */
export async function readBlock(node: ChainNode, id: string, from: number): Promise<BlockDetail> {
  const { method, param } = readBlockId(id);
  const [head, [block]] = await Promise.all([
    readHead(node),
    node.send([call(method, param, true)]) as Promise<(RpcBlock | null)[]>,
  ]);
  if (block == null) throw new BlockNotFoundError({ id, latest: head.number });
  return blockDetail(block, { ...head, from });
}

function blockSummary(block: RpcBlock, consensus: ConsensusKind): BlockSummary {
  return {
    number: Number(block.number),
    hash: block.hash,
    time: Number(block.timestamp) * 1_000,
    transactions: block.transactions.length,
    gasUsed: Number(block.gasUsed),
    gasLimit: Number(block.gasLimit),
    producer: readProducer(block, consensus),
  };
}

function blockDetail(
  block: RpcBlock,
  { number: latest, consensus, from }: { number: number; consensus: ConsensusKind; from: number },
): BlockDetail {
  const {
    number,
    hash,
    timestamp,
    gasUsed,
    gasLimit,
    parentHash,
    size,
    difficulty,
    baseFeePerGas,
    extraData,
    logsBloom,
    uncles = [],
    withdrawals = [],
    transactions,
    ...others
  } = block;
  const summary = blockSummary(block, consensus);
  return {
    ...summary,
    latest,
    consensus,
    parentHash,
    size: Number(size),
    difficulty: String(BigInt(difficulty)),
    baseFee: baseFeePerGas === undefined ? null : String(BigInt(baseFeePerGas)),
    extraData,
    logsBloom,
    uncles,
    withdrawals: withdrawals.slice(0, maxItems).map(({ index, validatorIndex, address, amount }) => ({
      index: String(BigInt(index)),
      validator: String(BigInt(validatorIndex)),
      address: getAddress(address),
      value: String(BigInt(amount) * 1_000_000_000n), // the beacon chain counts gwei
    })),
    items: transactions
      .slice(from, from + maxItems)
      .map((transaction) => transactionSummary(transaction as RpcTransaction, summary.time)),
    from,
    others,
  };
}
