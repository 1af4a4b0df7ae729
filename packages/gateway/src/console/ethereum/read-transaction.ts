import { formatUnits, getAddress } from "ethers";
import { type ChainNode, call } from "./chain-nodes.ts";
import { findEventName } from "./common-methods.ts";
import { decodeTransfers } from "./decode-transfers.ts";
import { TransactionNotFoundError } from "./ethereum-errors.ts";
import { readRevertReason } from "./revert-reason.ts";
import type { RpcBlock, RpcLog, RpcReceipt, RpcTransaction } from "./rpc-types.ts";
import { readTokenFacts } from "./token-facts.ts";
import { transactionSummary } from "./transaction-summary.ts";
import type { LogView, TransactionDetail, TransferView } from "./view.ts";

/** Maximum tokens whose symbol is read. */
const maxTokens = 10;
/** Maximum transfers and logs of a transaction in an answer. */
const maxLogs = 1_000;

/** Reads a transaction with its receipt. @throws TransactionNotFoundError (404) */
export async function readTransaction(node: ChainNode, hash: string): Promise<TransactionDetail> {
  const [transaction, receipt, latest] = (await node.send([
    call("eth_getTransactionByHash", hash),
    call("eth_getTransactionReceipt", hash),
    call("eth_blockNumber"),
  ])) as [RpcTransaction | null, RpcReceipt | null, string];
  if (transaction === null) throw new TransactionNotFoundError({ hash });
  const block = await readBlock(node, transaction);
  const status = readStatus(receipt);
  const { gas, gasPrice: offered, nonce, input, type, blockHash, ...others } = transaction;
  const price = receipt?.effectiveGasPrice ?? offered;
  const summary = transactionSummary(transaction, block == null ? null : Number(block.timestamp) * 1_000);
  return {
    ...summary,
    status,
    reason: status === "reverted" ? await readRevertReason(node, transaction) : null,
    blockHash,
    confirmations: summary.block === null ? 0 : Math.max(1, Number(latest) - summary.block + 1),
    nonce: String(BigInt(nonce)),
    type: Number(type ?? 0),
    input,
    created: receipt?.contractAddress == null ? null : getAddress(receipt.contractAddress),
    gasLimit: String(BigInt(gas)),
    gasUsed: receipt === null ? null : String(BigInt(receipt.gasUsed)),
    gasPrice: price === undefined ? null : String(BigInt(price)),
    fee: receipt === null || price === undefined ? null : String(BigInt(receipt.gasUsed) * BigInt(price)),
    transfers: await readTransfers(node, transaction, receipt),
    logs: (receipt?.logs ?? []).slice(0, maxLogs).map(logView),
    logsBloom: receipt?.logsBloom ?? null,
    others: { ...readOtherFields(receipt), ...others },
  };
}

/** Reads the header of a transaction's block; null while the transaction is pending. */
async function readBlock(node: ChainNode, { blockHash }: RpcTransaction): Promise<RpcBlock | null> {
  if (blockHash == null) return null;
  const [block] = await node.send([call("eth_getBlockByHash", blockHash, false)]);
  return block as RpcBlock | null;
}

function readStatus(receipt: RpcReceipt | null): TransactionDetail["status"] {
  if (receipt === null) return "pending";
  if (receipt.status === undefined) return "unknown";
  return Number(receipt.status) === 1 ? "succeeded" : "reverted";
}

/** Returns the fields of a receipt that the view has no name for. */
function readOtherFields(receipt: RpcReceipt | null): Record<string, unknown> {
  if (receipt === null) return {};
  const { logs, logsBloom, status, gasUsed, effectiveGasPrice, contractAddress, ...others } = receipt;
  return others;
}

function logView({ address, topics, data, logIndex }: RpcLog): LogView {
  return {
    index: Number(logIndex),
    address: getAddress(address),
    topics,
    data,
    event: findEventName(topics),
  };
}

/** Returns the ether of the transaction, unless it was reverted, and the tokens in its logs. */
async function readTransfers(
  node: ChainNode,
  { from, to, value }: RpcTransaction,
  receipt: RpcReceipt | null,
): Promise<TransferView[]> {
  const transfers = decodeTransfers((receipt?.logs ?? []).slice(0, maxLogs));
  const tokens = [...new Set(transfers.map(({ token }) => token))].slice(0, maxTokens);
  const facts = new Map(
    await Promise.all(tokens.map(async (token) => [token, await readTokenFacts(node, token)] as const)),
  );
  const target = to ?? receipt?.contractAddress;
  const movesEther = BigInt(value) > 0n && readStatus(receipt) !== "reverted" && target != null;
  const ether: TransferView[] = movesEther
    ? [
        {
          kind: "ether",
          from: getAddress(from),
          to: getAddress(target),
          token: null,
          symbol: null,
          amount: amountText(value, 18),
        },
      ]
    : [];
  return [
    ...ether,
    ...transfers.map(({ quantity, ...transfer }) => {
      const { symbol = null, decimals = null } = facts.get(transfer.token) ?? {};
      const amount =
        transfer.kind === "ERC-20" && decimals !== null ? amountText(quantity, decimals) : String(quantity);
      return { ...transfer, symbol, amount };
    }),
  ];
}

/** Removes the ".0" of ethers' "2.0". */
function amountText(quantity: string | bigint, decimals: number): string {
  return formatUnits(quantity, decimals).replace(/\.0$/, "");
}
