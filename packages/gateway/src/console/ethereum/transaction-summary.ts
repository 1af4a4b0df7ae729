import { getAddress } from "ethers";
import { findMethodName } from "./common-methods.ts";
import type { RpcTransaction } from "./rpc-types.ts";
import type { TransactionSummary } from "./view.ts";

/** Reduces a transaction to a table row. */
export function transactionSummary(transaction: RpcTransaction, time: number | null): TransactionSummary {
  const { hash, blockNumber, transactionIndex, from, to, value, input } = transaction;
  return {
    hash,
    block: blockNumber == null ? null : Number(blockNumber),
    time,
    index: transactionIndex == null ? null : Number(transactionIndex),
    from: getAddress(from),
    to: to == null ? null : getAddress(to),
    value: String(BigInt(value)),
    method: findMethodName(input),
  };
}
