import { peerError } from "../clients/peer-error.ts";
import {
  PeerBadAnswerError,
  type PeerFacts,
  PeerTimeoutError,
  PeerUnavailableError,
} from "../errors/peer-errors.ts";
import { RpcError } from "./rpc-error.ts";

/** What a node can fail with: out of reach or busy (503), late (504), a bad answer (502). */
export type NodeError = ReturnType<typeof peerError>;

/** What a JSON-RPC client threw, as an error of the node that `peer` names. */
export function nodeError(peer: PeerFacts, cause: unknown): NodeError {
  if (!(cause instanceof RpcError)) return peerError(peer, cause);
  const { kind, retryAfter } = cause;
  const facts = { ...peer, cause, retryAfter };
  if (kind === "late") return new PeerTimeoutError(facts);
  if (kind === "rate limited" || kind === "unavailable") return new PeerUnavailableError(facts);
  return new PeerBadAnswerError(facts);
}
