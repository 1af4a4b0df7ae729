import http from "node:http";
import https from "node:https";
import { batchedCalls, type Exchange } from "./batched-calls.ts";
import { cleanWordsOf } from "./node-words.ts";
import { type ObserveRpcCall, observed } from "./observe-rpc-call.ts";
import { postJson } from "./post-json.ts";
import { firstError, readAnswer } from "./read-answer.ts";
import { withResultTexts } from "./result-texts.ts";
import { RpcError } from "./rpc-error.ts";

/** One call of a JSON-RPC method. */
export interface RpcCall {
  method: string;
  params: readonly unknown[];
  /** Wants the result as the node wrote it: its JSON text. A result that is null stays null. */
  asText?: boolean;
}

/** A JSON-RPC client of one Ethereum node. */
export interface RpcClient {
  /**
   * The results of some calls in their order; null where the node has no such block. Many calls are split into batches
   * that the node takes.
   * @param timeout how long all of that may take, in milliseconds.
   * @throws Error that `nodeError` makes sense of.
   */
  send(calls: readonly RpcCall[], timeout: number): Promise<unknown[]>;
  close(): void;
}

/** What a client is held to. */
export interface RpcClientOptions {
  /** The largest answer, in bytes: that of all batches together. */
  maxBytes: number;
  /** The most calls in a batch. */
  batchSize?: number;
  /** Sent as User-Agent: some gateways refuse requests without it. */
  userAgent: string;
  /** Observes each request. */
  onCall?: ObserveRpcCall | undefined;
}

/** Connections to a node at a time; further requests wait for one. */
const maxSockets = 8;

/** A client over kept-alive connections. */
export function createRpcClient(url: URL, options: RpcClientOptions): RpcClient {
  const { maxBytes, batchSize = 100, userAgent, onCall } = options;
  const agent = new (url.protocol === "https:" ? https : http).Agent({ keepAlive: true, maxSockets });
  const clean = cleanWordsOf(url);
  const sendBatched = batchedCalls<RpcCall>(batchSize);

  function exchangeWith(signal: AbortSignal): Exchange<RpcCall> {
    const budget = { bytes: maxBytes, left: maxBytes };
    const exchange: Exchange<RpcCall> = async (calls) => {
      const requests = calls.map(({ method, params }, index) => ({
        jsonrpc: "2.0",
        id: index + 1,
        method,
        params,
      }));
      // One call goes alone: not every node takes batches.
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
      observed(() => exchange(calls), { method: calls[0]!.method, observe: onCall }, firstError);
  }

  return {
    async send(calls, timeout) {
      const ending = new AbortController();
      const expire = () => ending.abort(new DOMException(`not within ${timeout} ms`, "TimeoutError"));
      const timer = setTimeout(expire, Math.ceil(timeout));
      try {
        return await sendBatched(calls, exchangeWith(ending.signal));
      } catch (error) {
        ending.abort(); // the batches that are still on their way
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}
