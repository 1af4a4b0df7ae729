import { hostOf, peerError } from "@platform/shared/clients/peer-error";
import { createRpcClient, type RpcCall } from "@platform/shared/ethereum/rpc-client";
import { integer } from "./value-formats.ts";

/** What a node can fail with: out of reach or busy (503), late (504), a bad answer (502). */
export type NodeError = ReturnType<typeof peerError>;

/** Makes something of the results of some calls. */
export type ReadResults<Result> = (results: readonly unknown[]) => Result;

/** A node, and how it did so far. */
export interface CheckedNode {
  /** Host and port. */
  readonly host: string;
  /** What it failed with last; undefined when it did not. */
  readonly fault: NodeError | undefined;
  /** The number of its latest block when it was checked last; undefined when it did not tell. */
  readonly head: number | undefined;
  /**
   * What `read` makes of the results of some calls; what it throws is a bad answer of the node.
   * @param timeout how long the node may take, in milliseconds.
   * @throws NodeError; a bad answer also when it is of another chain.
   */
  ask<Result>(calls: readonly RpcCall[], read: ReadResults<Result>, timeout: number): Promise<Result>;
  /** Asks for its latest block. */
  check(timeout: number): Promise<void>;
  close(): void;
}

/** What is asked of a node. */
export interface CheckedNodeOptions {
  /** The chain that it must be of; undefined: any. */
  chainId: number | undefined;
  /** The largest answer, in bytes. */
  maxBytes: number;
}

/** A node; connects at the first call. */
export function createCheckedNode(url: string, { chainId, maxBytes }: CheckedNodeOptions): CheckedNode {
  const client = createRpcClient(new URL(url), maxBytes);
  const host = hostOf(url);
  let fault: NodeError | undefined;
  let head: number | undefined;

  /** The chain is checked with every call: behind one address there may be another node each time. */
  async function send(calls: readonly RpcCall[], timeout: number): Promise<unknown[]> {
    if (chainId === undefined) return client.send(calls, timeout);
    const [id, ...results] = await client.send([{ method: "eth_chainId", params: [] }, ...calls], timeout);
    const found = integer(id);
    if (found !== chainId) throw new Error(`the node is of chain ${found}, GETH_CHAIN_ID is ${chainId}`);
    return results;
  }

  async function ask<Result>(calls: readonly RpcCall[], read: ReadResults<Result>, timeout: number) {
    try {
      const result = read(await send(calls, timeout));
      fault = undefined;
      return result;
    } catch (error) {
      fault = peerError({ setting: "GETH_RPC_ENDPOINT", host }, error);
      throw fault;
    }
  }

  return {
    host,
    get fault() {
      return fault;
    },
    get head() {
      return head;
    },
    ask,
    async check(timeout) {
      const latest = [{ method: "eth_blockNumber", params: [] }];
      head = await ask(latest, ([number]) => Number(integer(number)), timeout).catch(() => undefined);
    },
    close: client.close,
  };
}
