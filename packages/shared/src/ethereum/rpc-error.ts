import { type FaultKind, faultKind, type Refusal } from "./fault-kind.ts";
import { shortened } from "./node-words.ts";
import { retryAfterOfWords } from "./retry-after.ts";

/** What is known of a refusal. */
export interface RpcErrorFacts extends Refusal {
  /** The seconds that the node told to wait. */
  retryAfter?: number | undefined;
}

/** How much of a node's words goes into the message. */
const longestWords = 200;

/** A node's refusal: an error of JSON-RPC, or an HTTP answer that is no result. Its message has the node's own words. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly kind: FaultKind;
  /** What the node said, at length. */
  readonly refusal: Refusal;
  /** The seconds that the node told to wait. */
  readonly retryAfter: number | undefined;

  constructor({ retryAfter, ...refusal }: RpcErrorFacts) {
    super(sentence(refusal));
    this.kind = faultKind(refusal);
    this.refusal = refusal;
    this.retryAfter = retryAfter ?? retryAfterOfWords(refusal.words);
  }
}

/** "HTTP status 401, JSON-RPC error -32600: project not found" */
function sentence({ code, status, words }: Refusal): string {
  const http = status === 200 ? [] : [`HTTP status ${status}`];
  const rpc = code === undefined ? [] : [`JSON-RPC error ${code}`];
  const what = [...http, ...rpc].join(", ") || "no JSON-RPC result";
  return words === "" ? what : `${what}: ${shortened(words, longestWords)}`;
}
