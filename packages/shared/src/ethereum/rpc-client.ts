import http from "node:http";
import https from "node:https";
import { batchedCalls, type Exchange } from "./batched-calls.ts";
import { createMessageCleaner } from "./clean-message.ts";
import { type ObserveRpcCall, observeCall } from "./observe-rpc-call.ts";
import { postJson } from "./post-json.ts";
import { firstError, readAnswer } from "./read-answer.ts";
import { withResultTexts } from "./result-texts.ts";
import { RpcError } from "./rpc-error.ts";

/** A call of a JSON-RPC method. */
export interface RpcCall {
  method: string;
  params: readonly unknown[];
  /** Whether the result is the node's JSON text instead of a value. Null stays null. */
  asText?: boolean;
}

/** A JSON-RPC client of one Ethereum node. */
export interface RpcClient {
  /**
   * Returns the results of calls in their order; null if the node has no such block. It splits the calls into batches that the
   * node accepts.
   * @param timeout for all batches together, in milliseconds
   * @throws errors that `nodeError` converts
   */
  send(calls: readonly RpcCall[], timeout: number): Promise<unknown[]>;
  close(): void;
}

/** Options of a client. */
export interface RpcClientOptions {
  /** The size limit of the answers of all batches together, in bytes. */
  maxBytes: number;
  /** The maximum number of calls in a batch. */
  batchSize?: number;
  /** Sent as User-Agent: some gateways refuse requests without it. */
  userAgent: string;
  /** Observes each request. */
  onCall?: ObserveRpcCall | undefined;
}

/** The maximum number of connections to a node. Further requests wait. */
const maxSockets = 8;

/** Creates a client that keeps connections alive. */
export function createRpcClient(url: URL, options: RpcClientOptions): RpcClient {
  const { maxBytes, batchSize = 100, userAgent, onCall } = options;
  const agent = new (url.protocol === "https:" ? https : http).Agent({ keepAlive: true, maxSockets });
  const clean = createMessageCleaner(url);
  const sendBatched = batchedCalls<RpcCall>(batchSize);

  function createExchange(signal: AbortSignal): Exchange<RpcCall> {
    const budget = { bytes: maxBytes, remaining: maxBytes };
    const exchange: Exchange<RpcCall> = async (calls) => {
      const requests = calls.map(({ method, params }, index) => ({
        jsonrpc: "2.0",
        id: index + 1,
        method,
        params,
      }));
      // A single call is sent without an array, because not every node supports batches.
      const body = JSON.stringify(requests.length === 1 ? requests[0] : requests);
      const answer = await postJson(url, body, { agent, budget, signal, userAgent });
      try {
        return withResultTexts(calls, readAnswer(answer, calls.length, clean), answer.text);
      } catch (error) {
        const isMissing = calls.length === 1 && error instanceof RpcError && error.kind === "not found";
        if (isMissing) return [{ result: null }];
        throw error;
      }
    };
    return (calls) =>
      observeCall(() => exchange(calls), { method: calls[0]!.method, observe: onCall }, firstError);
  }

  return {
    async send(calls, timeout) {
      const ending = new AbortController();
      const expire = () => ending.abort(new DOMException(`not within ${timeout} ms`, "TimeoutError"));
      const timer = setTimeout(expire, Math.ceil(timeout));
      try {
        return await sendBatched(calls, createExchange(ending.signal));
      } catch (error) {
        ending.abort(); // cancels the other batches
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}
