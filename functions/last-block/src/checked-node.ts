import { hostOf } from "@platform/shared/clients/peer-error";
import { userAgent } from "@platform/shared/clients/user-agent";
import { createNodeClient } from "@platform/shared/ethereum/node-client";
import { type NodeError, nodeError } from "@platform/shared/ethereum/node-error";
import type { ObserveRpcCall } from "@platform/shared/ethereum/observe-rpc-call";
import type { RpcCall } from "@platform/shared/ethereum/rpc-client";
import { serverAttributes } from "@platform/shared/telemetry/server-attributes";
import { inSpan, type SpanDescription } from "@platform/shared/telemetry/tracing";
import { requiredChain } from "./required-chain.ts";
import { integer } from "./value-formats.ts";

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
  /** How long its chain is known, in milliseconds. */
  recheck: number;
  /** The largest answer, in bytes. */
  maxBytes: number;
  /** The most calls in a batch. */
  batchSize: number;
  /** How long a call may take, in milliseconds. */
  timeout: number;
  /** How long a WebSocket may give no new block, in milliseconds. */
  headTimeout: number;
  onCall?: ObserveRpcCall;
  /** Called when the subscription of a node behind a WebSocket gives the latest block, and when and why that has ended. */
  onSubscription(host: string, problem: string | undefined): void;
}

/** A node; connects at the first call. */
export function createCheckedNode(url: string, options: CheckedNodeOptions): CheckedNode {
  const host = hostOf(url);
  const client = createNodeClient(new URL(url), {
    ...options,
    userAgent: userAgent("last-block"),
    onSubscription: (problem) => options.onSubscription(host, problem),
  });
  const chain = requiredChain(client, options);
  let fault: NodeError | undefined;
  let head: number | undefined;

  async function ask<Result>(calls: readonly RpcCall[], read: ReadResults<Result>, timeout: number) {
    try {
      const send = () => Promise.all([client.send(calls, timeout), chain.require(timeout)]);
      const [results] = await inSpan(() => rpcSpan(calls, host), send);
      const result = read(results);
      fault = undefined;
      return result;
    } catch (error) {
      chain.forget();
      fault = nodeError({ setting: "GETH_RPC_ENDPOINT", host }, error);
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

/** All calls of a batch have the same method. */
function rpcSpan(calls: readonly RpcCall[], host: string): SpanDescription {
  const method = calls[0]?.method ?? "none";
  return {
    name: method,
    kind: "client",
    attributes: {
      "rpc.system.name": "jsonrpc",
      "rpc.method": method,
      "platform.rpc.calls": calls.length,
      ...serverAttributes(host),
    },
  };
}
