import { busyStatuses } from "../clients/peer-error.ts";
import {
  PeerBadAnswerError,
  type PeerFacts,
  PeerTimeoutError,
  PeerUnavailableError,
} from "../errors/peer-errors.ts";

/** 503 as well, but likely to last. */
export class NoConnectionError extends PeerUnavailableError {}

/** What Elasticsearch's client threw, as an error of the peer: late (504), out of reach or busy (503), or a bad answer (502). */
export function elasticsearchError(peer: PeerFacts, cause: unknown) {
  const { name, statusCode = 0 } = cause as { name?: string; statusCode?: number };
  const facts = { ...peer, cause };
  if (busyStatuses.has(statusCode)) return new PeerUnavailableError(facts);
  if (name === "ConnectionError" || name === "NoLivingConnectionsError") return new NoConnectionError(facts);
  if (name === "TimeoutError") return new PeerTimeoutError(facts);
  return new PeerBadAnswerError(facts);
}

/** Does it not take who asks? The secrets may have changed then. */
export function wasRefused(cause: unknown): boolean {
  const { statusCode = 0 } = cause as { statusCode?: number };
  return statusCode === 401 || statusCode === 403;
}
