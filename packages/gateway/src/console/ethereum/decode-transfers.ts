import { dataLength, dataSlice, getAddress } from "ethers";
import { transferTopic } from "./common-methods.ts";
import type { RpcLog } from "./rpc-types.ts";

/** A token's transfer, before the token is known. */
export interface TokenTransfer {
  kind: "ERC-20" | "ERC-721";
  token: string;
  from: string;
  to: string;
  /** The smallest units of ERC-20, or the token's id of ERC-721. */
  quantity: bigint;
}

/**
 * The transfers of tokens among some logs. Both standards name the event the same; ERC-721 indexes the token's id, so it is a
 * topic, and the data is empty.
 */
export function decodeTransfers(logs: readonly RpcLog[]): TokenTransfer[] {
  return logs.flatMap(({ address, topics, data }): TokenTransfer[] => {
    const [event, from, to, id] = topics;
    if (event !== transferTopic || from === undefined || to === undefined) return [];
    const own = { token: getAddress(address), from: addressOf(from), to: addressOf(to) };
    if (id !== undefined) return [{ kind: "ERC-721", ...own, quantity: BigInt(id) }];
    if (dataLength(data) !== 32) return [];
    return [{ kind: "ERC-20", ...own, quantity: BigInt(data) }];
  });
}

/** An address as a topic has it: in the last 20 of 32 bytes. */
function addressOf(topic: string): string {
  return getAddress(dataSlice(topic, 12));
}
