import { RpcError } from "@platform/shared/ethereum/rpc-error";
import { AbiCoder, dataSlice } from "ethers";
import { type ChainNode, call, quantity } from "./chain-nodes.ts";
import type { RpcTransaction } from "./rpc-types.ts";

const longestReason = 500;
/** Error(string) */
const errorSelector = "08c379a0";

/**
 * Why a transaction was reverted: its call is made again on the state before its block. null where that succeeds, because
 * transactions before it in the block mattered, and where the node has forgotten that state or gives no reason.
 */
export async function readRevertReason(node: ChainNode, transaction: RpcTransaction): Promise<string | null> {
  const { from, to, value, input, gas, blockNumber } = transaction;
  if (blockNumber == null || Number(blockNumber) === 0) return null;
  const again = { from, value, data: input, gas, ...(to == null ? {} : { to }) };
  try {
    await node.send([call("eth_call", again, quantity(Number(blockNumber) - 1))]);
    return null;
  } catch (error) {
    if (!(error instanceof RpcError) || error.kind !== "other") return null;
    return reasonOf(error.refusal.message);
  }
}

/** Nodes put the reason into the message, the data of the revert, or both. */
function reasonOf(words: string): string | null {
  if (!/revert/i.test(words)) return words.slice(0, longestReason) || null;
  const encoded = new RegExp(`0x${errorSelector}([\\da-f]+)`, "i").exec(words)?.[0];
  const text = words
    .replace(/^.*?execution reverted:?\s*/i, "")
    .replace(/[,:]?\s*(data: )?"?0x[\da-f]*"?/i, "");
  return (text.trim() || decoded(encoded)).slice(0, longestReason) || null;
}

function decoded(data: string | undefined): string {
  if (data === undefined) return "";
  try {
    return String(AbiCoder.defaultAbiCoder().decode(["string"], dataSlice(data, 4))[0]);
  } catch {
    return "";
  }
}
