import { shorten } from "./clean-message.ts";
import { type FaultKind, faultKind, type Refusal } from "./fault-kind.ts";
import { findRetryAfter } from "./retry-after.ts";

/** The facts about a refusal. */
export interface RpcErrorFacts extends Refusal {
  /** The wait that the node asked for, in seconds. */
  retryAfter?: number | undefined;
}

/** The maximum length of the node's message in the error's message. */
const maxLength = 200;

/** A node's refusal: a JSON-RPC error, or an HTTP answer without a result. Its message contains the node's own. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly kind: FaultKind;
  /** The refusal with the node's whole message. */
  readonly refusal: Refusal;
  /** The wait that the node asked for, in seconds. */
  readonly retryAfter: number | undefined;

  constructor({ retryAfter, ...refusal }: RpcErrorFacts) {
    super(toSentence(refusal));
    this.kind = faultKind(refusal);
    this.refusal = refusal;
    this.retryAfter = retryAfter ?? findRetryAfter(refusal.message);
  }
}

/** "HTTP status 401, JSON-RPC error -32600: project not found" */
function toSentence({ code, status, message }: Refusal): string {
  const http = status === 200 ? [] : [`HTTP status ${status}`];
  const rpc = code === undefined ? [] : [`JSON-RPC error ${code}`];
  const summary = [...http, ...rpc].join(", ") || "no JSON-RPC result";
  return message === "" ? summary : `${summary}: ${shorten(message, maxLength)}`;
}
