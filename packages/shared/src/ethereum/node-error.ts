import { peerError } from "../clients/peer-error.ts";
import {
  PeerBadAnswerError,
  type PeerFacts,
  PeerTimeoutError,
  PeerUnavailableError,
} from "../errors/peer-errors.ts";
import { RpcError } from "./rpc-error.ts";

/** The errors of a node: unreachable or busy (503), timeout (504), a bad answer (502). */
export type NodeError = ReturnType<typeof peerError>;

/** Converts an error of a JSON-RPC client to an error of the node `peer`. */
export function nodeError(peer: PeerFacts, cause: unknown): NodeError {
  if (!(cause instanceof RpcError)) return peerError(peer, cause);
  const { kind, retryAfter } = cause;
  const facts = { ...peer, cause, retryAfter };
  if (kind === "late") return new PeerTimeoutError(facts);
  if (kind === "rate limited" || kind === "unavailable") return new PeerUnavailableError(facts);
  return new PeerBadAnswerError(facts);
}
