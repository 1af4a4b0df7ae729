import http from "node:http";
import https from "node:https";
import { postJson } from "./post-json.ts";
import { resultTexts } from "./result-texts.ts";

/** One call of a JSON-RPC method. */
export interface RpcCall {
  method: string;
  params: readonly unknown[];
  /** Wants the result as the node wrote it: its JSON text. What is null stays null. */
  asText?: boolean;
}

/** A JSON-RPC client of one Ethereum node. */
export interface RpcClient {
  /**
   * The results of some calls in their order, by one HTTP request; null where the node has no such block.
   * @param timeout how long that may take, in milliseconds.
   * @throws Error that `peerError` makes sense of.
   */
  send(calls: readonly RpcCall[], timeout: number): Promise<unknown[]>;
  close(): void;
}

/** Connections to a node at a time; further requests wait for one. */
const maxSockets = 8;

/** A client over kept-alive connections; an answer of more than `maxBytes` is refused. */
export function createRpcClient(url: URL, maxBytes: number): RpcClient {
  const agent = new (url.protocol === "https:" ? https : http).Agent({ keepAlive: true, maxSockets });
  return {
    async send(calls, timeout) {
      const requests = calls.map(({ method, params }, index) => ({
        jsonrpc: "2.0",
        id: index + 1,
        method,
        params,
      }));
      // One call goes alone: not every node takes batches.
      const body = JSON.stringify(requests.length === 1 ? requests[0] : requests);
      const signal = AbortSignal.timeout(Math.ceil(timeout));
      const text = await postJson(url, body, { agent, signal, maxBytes });
      const results = resultsOf(JSON.parse(text), requests.length);
      return calls.some(({ asText }) => asText) ? withTexts(calls, results, text) : results;
    },
    close: () => agent.destroy(),
  };
}

/** The results, in their place the text of those that are wanted so. */
function withTexts(calls: readonly RpcCall[], results: readonly unknown[], text: string): unknown[] {
  const texts = resultTexts(text);
  return results.map((result, index) =>
    calls[index]?.asText && result !== null ? texts.get(index + 1) : result,
  );
}

interface RpcAnswer {
  id?: unknown;
  result?: unknown;
  error?: { code?: unknown; message?: unknown } | null;
}

/** The results of calls that have the ids from 1 on; a node may answer a batch in any order. */
function resultsOf(answer: RpcAnswer | RpcAnswer[] | null, count: number): unknown[] {
  const answers = (Array.isArray(answer) ? answer : [answer]).filter((one) => one !== null);
  const byId = new Map(answers.map((one) => [one.id, one]));
  // What a node refuses as a whole has no id.
  return Array.from({ length: count }, (_, index) => resultOf(byId.get(index + 1) ?? byId.get(null)));
}

/** A call's result; null also for the errors by which nodes say that there is no such block. */
function resultOf(answer: RpcAnswer | undefined): unknown {
  const { error, result } = answer ?? {};
  if (error) {
    if (saysNoSuchBlock(Number(error.code), String(error.message))) return null;
    throw new Error(`JSON-RPC error ${String(error.code)}: ${String(error.message)}`);
  }
  if (result === undefined) throw new Error("no JSON-RPC result");
  return result;
}

/**
 * Geth has no safe or finalized block before the merge, a pending one only where blocks are made, and none that it
 * has pruned (4444); -39001 is "unknown block" in the execution APIs.
 */
function saysNoSuchBlock(code: number, message: string): boolean {
  if (code === -39001 || code === 4444) return true;
  return (
    code === -32000 &&
    /(block|header)\b.* not (found|available)|unknown block|tag not supported on pre-merge/i.test(message)
  );
}
