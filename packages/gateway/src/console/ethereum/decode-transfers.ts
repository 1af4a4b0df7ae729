import { dataLength, dataSlice, getAddress } from "ethers";
import { transferTopic } from "./common-methods.ts";
import type { RpcLog } from "./rpc-types.ts";

/** A token transfer without the facts of its token. */
export interface TokenTransfer {
  kind: "ERC-20" | "ERC-721";
  token: string;
  from: string;
  to: string;
  /** The amount in the smallest unit (ERC-20), or the token's id (ERC-721). */
  quantity: bigint;
}

/**
 * Decodes the token transfers in logs. Both standards use the same event. ERC-721 indexes the token's id, so the id is a
 * topic, and the data is empty.
 */
export function decodeTransfers(logs: readonly RpcLog[]): TokenTransfer[] {
  return logs.flatMap(({ address, topics, data }): TokenTransfer[] => {
    const [event, from, to, id] = topics;
    if (event !== transferTopic || from === undefined || to === undefined) return [];
    const common = { token: getAddress(address), from: decodeAddress(from), to: decodeAddress(to) };
    if (id !== undefined) return [{ kind: "ERC-721", ...common, quantity: BigInt(id) }];
    if (dataLength(data) !== 32) return [];
    return [{ kind: "ERC-20", ...common, quantity: BigInt(data) }];
  });
}

/** Decodes the address in a topic: the last 20 of 32 bytes. */
function decodeAddress(topic: string): string {
  return getAddress(dataSlice(topic, 12));
}
