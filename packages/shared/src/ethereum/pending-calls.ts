import { parseExactJson } from "../text/exact-json.ts";
import { jsonMembers } from "../text/json-members.ts";
import type { CleanMessage } from "./clean-message.ts";
import { toOutcome } from "./read-answer.ts";
import { timeoutError } from "./websocket-reasons.ts";

/** The result of a call. */
export interface RpcResult {
  value: unknown;
  /** The size of the answer, in characters. */
  size: number;
  /** The node's JSON text. */
  text(): string;
}

/** The unanswered calls of a connection. */
export interface PendingCalls {
  /**
   * Adds a call.
   * @param send sends it with this id
   * @param timeout in milliseconds
   */
  add(timeout: number, send: (id: number) => void): Promise<RpcResult>;
  /**
   * Handles a message of the node.
   * @returns the result of a subscription's notification; undefined for the answer to a call
   * @throws SyntaxError when the message is not JSON
   */
  receive(json: string): unknown;
  rejectAll(reason: Error): void;
}

interface PendingCall {
  resolve(result: RpcResult): void;
  reject(reason: Error): void;
  timer: NodeJS.Timeout;
}

export function createPendingCalls(clean: CleanMessage): PendingCalls {
  const pending = new Map<number, PendingCall>();
  let lastId = 0;

  function take(id: number): PendingCall | undefined {
    const call = pending.get(id);
    clearTimeout(call?.timer);
    pending.delete(id);
    return call;
  }

  function rejectAll(reason: Error): void {
    for (const id of [...pending.keys()]) take(id)?.reject(reason);
  }

  return {
    add: (timeout, send) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const id = lastId;
        const expire = () => take(id)?.reject(timeoutError(`no answer within ${timeout} ms`));
        pending.set(id, { resolve, reject, timer: setTimeout(expire, timeout) });
        send(id);
      }),
    receive(json) {
      const message = Object(parseExactJson(json));
      if (message.method === "eth_subscription") return message.params?.result;
      const http = { status: 200, retryAfter: undefined, text: json };
      const outcome = toOutcome(http, message, clean);
      const isRefusal = "error" in outcome;
      // A refusal without an id may concern any call.
      if (isRefusal && (message.id === undefined || message.id === null)) rejectAll(outcome.error);
      // Undefined if the call has expired.
      const call = take(Number(message.id));
      if (isRefusal) call?.reject(outcome.error);
      else call?.resolve({ value: outcome.result, size: json.length, text: () => resultText(json) });
      return undefined;
    },
    rejectAll,
  };
}

/** The text of the result in an answer. */
function resultText(json: string): string {
  const result = jsonMembers(json).find(({ name }) => name === "result");
  return result === undefined ? "null" : json.slice(result.start, result.end);
}
