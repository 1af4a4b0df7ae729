import { RpcError } from "@platform/shared/ethereum/rpc-error";
import { AbiCoder, dataSlice } from "ethers";
import { type ChainNode, call, quantity } from "./chain-nodes.ts";
import type { RpcTransaction } from "./rpc-types.ts";

const longestReason = 500;
/** Error(string) */
const errorSelector = "08c379a0";

/**
 * Finds the reason of a reverted transaction by a repeated call on the state before its block. null if the call succeeds, because
 * it depends on earlier transactions in the block, and if the node has pruned that state or returns no reason.
 */
export async function readRevertReason(node: ChainNode, transaction: RpcTransaction): Promise<string | null> {
  const { from, to, value, input, gas, blockNumber } = transaction;
  if (blockNumber == null || Number(blockNumber) === 0) return null;
  const repeated = { from, value, data: input, gas, ...(to == null ? {} : { to }) };
  try {
    await node.send([call("eth_call", repeated, quantity(Number(blockNumber) - 1))]);
    return null;
  } catch (error) {
    if (!(error instanceof RpcError) || error.kind !== "other") return null;
    return parseReason(error.refusal.message);
  }
}

/** Nodes put the reason into the message, the data of the revert, or both. */
function parseReason(words: string): string | null {
  if (!/revert/i.test(words)) return words.slice(0, longestReason) || null;
  const encoded = new RegExp(`0x${errorSelector}([\\da-f]+)`, "i").exec(words)?.[0];
  const text = words
    .replace(/^.*?execution reverted:?\s*/i, "")
    .replace(/[,:]?\s*(data: )?"?0x[\da-f]*"?/i, "");
  return (text.trim() || decoded(encoded)).slice(0, longestReason) || null;
}

function decoded(encoded: string | undefined): string {
  if (encoded === undefined) return "";
  try {
    return String(AbiCoder.defaultAbiCoder().decode(["string"], dataSlice(encoded, 4))[0]);
  } catch {
    return "";
  }
}
