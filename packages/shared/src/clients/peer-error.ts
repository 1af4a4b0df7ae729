import {
  PeerBadAnswerError,
  type PeerFacts,
  PeerTimeoutError,
  PeerUnavailableError,
} from "../errors/peer-errors.ts";

const timeouts = new Set(["ETIMEDOUT", "ESOCKETTIMEDOUT", "ECONNABORTED", "ABORT_ERR", "TIMEOUT"]);
const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
]);
/** HTTP statuses that say: try again. */
export const busyStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Host and port of a URL: all of it that a message may name. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/**
 * What a client threw, as an error of the peer: late (504), out of reach or busy (503), or, when it is none of
 * these, a bad answer (502).
 */
export function peerError(peer: PeerFacts, cause: unknown): PlatformErrorOfPeer {
  const facts = { ...peer, cause };
  for (const error of causesOf(cause)) {
    if (error.name === "TimeoutError" || timeouts.has(String(error.code))) return new PeerTimeoutError(facts);
    if (
      unreachable.has(String(error.code)) ||
      busyStatuses.has(Number(error.response?.statusCode ?? error.response?.status))
    ) {
      return new PeerUnavailableError(facts);
    }
  }
  return new PeerBadAnswerError(facts);
}

type PlatformErrorOfPeer = PeerBadAnswerError | PeerTimeoutError | PeerUnavailableError;

interface ClientError {
  name?: unknown;
  code?: unknown;
  /** `statusCode` is ethers' name for it, `status` that of axios. */
  response?: { statusCode?: unknown; status?: unknown };
  cause?: unknown;
  errors?: unknown;
}

/** An error and what it says of its causes, an AggregateError's members included. */
function causesOf(error: unknown, depth = 0): ClientError[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const { cause, errors } = error as ClientError;
  const members = Array.isArray(errors) ? errors : [];
  return [error, ...[cause, ...members].flatMap((inner) => causesOf(inner, depth + 1))];
}
