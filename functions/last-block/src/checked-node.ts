import { toHost } from "@platform/shared/clients/peer-error";
import { userAgent } from "@platform/shared/clients/user-agent";
import { createNodeClient } from "@platform/shared/ethereum/node-client";
import { type NodeError, nodeError } from "@platform/shared/ethereum/node-error";
import type { ObserveRpcCall } from "@platform/shared/ethereum/observe-rpc-call";
import type { RpcCall } from "@platform/shared/ethereum/rpc-client";
import { serverAttributes } from "@platform/shared/telemetry/server-attributes";
import { inSpan, type SpanDescription } from "@platform/shared/telemetry/tracing";
import { requiredChain } from "./required-chain.ts";
import { integer } from "./value-formats.ts";

/** Converts the results of JSON-RPC calls. */
export type ReadResults<Result> = (results: readonly unknown[]) => Result;

/** A node with its last known state. */
export interface CheckedNode {
  /** Host and port. */
  readonly host: string;
  /** The error of the last request; undefined when it succeeded. */
  readonly fault: NodeError | undefined;
  /** The number of its latest block at the last check; undefined when the check failed. */
  readonly head: number | undefined;
  /**
   * Sends calls and returns the value that `read` makes of their results. An error of `read` counts as a bad answer.
   * @param timeout in milliseconds
   * @throws NodeError; a PeerBadAnswerError when the node belongs to another chain.
   */
  ask<Result>(calls: readonly RpcCall[], read: ReadResults<Result>, timeout: number): Promise<Result>;
  /** Updates `head`. Never rejects. */
  check(timeout: number): Promise<void>;
  close(): void;
}

/** Requirements and limits of a node. */
export interface CheckedNodeOptions {
  /** The chain that the node must belong to; undefined means any chain. */
  chainId: number | undefined;
  /** How long the node's chain id is cached, in milliseconds. */
  recheck: number;
  /** The largest answer, in bytes. */
  maxBytes: number;
  /** The most calls in a batch. */
  batchSize: number;
  /** Time limit of a call, in milliseconds. */
  timeout: number;
  /** How long a WebSocket may send no new head before its subscription counts as dead, in milliseconds. */
  headTimeout: number;
  onCall?: ObserveRpcCall;
  /** Called when the subscription of a WebSocket node starts (no problem) and when it is lost (with the problem). */
  onSubscription(host: string, problem: string | undefined): void;
}

/** Creates a node that connects at the first call. */
export function createCheckedNode(url: string, options: CheckedNodeOptions): CheckedNode {
  const host = toHost(url);
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
