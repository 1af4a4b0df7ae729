import { busyStatuses } from "../clients/peer-error.ts";
import {
  PeerBadAnswerError,
  type PeerFacts,
  PeerTimeoutError,
  PeerUnavailableError,
} from "../errors/peer-errors.ts";

/** 503: no connection to any node. Unlike an overload, this is likely to last. */
export class NoConnectionError extends PeerUnavailableError {}

/** Converts an error of Elasticsearch's client: timeout (504), unreachable or busy (503), or a bad answer (502). */
export function elasticsearchError(peer: PeerFacts, cause: unknown) {
  const { name, statusCode = 0 } = cause as { name?: string; statusCode?: number };
  const facts = { ...peer, cause };
  if (busyStatuses.has(statusCode)) return new PeerUnavailableError(facts);
  if (name === "ConnectionError" || name === "NoLivingConnectionsError") return new NoConnectionError(facts);
  if (name === "TimeoutError") return new PeerTimeoutError(facts);
  return new PeerBadAnswerError(facts);
}

/** Whether Elasticsearch rejected the credentials. The secret may have changed. */
export function isUnauthorized(cause: unknown): boolean {
  const { statusCode = 0 } = cause as { statusCode?: number };
  return statusCode === 401 || statusCode === 403;
}
