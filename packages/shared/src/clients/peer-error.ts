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
/** HTTP statuses that a retry may overcome. */
export const busyStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Host and port of a URL, the only parts that a message may contain. */
export function toHost(url: string): string {
  return new URL(url).host;
}

/**
 * Converts an error of a client to an error of the peer: timeout (504), unreachable or busy (503), or else a bad answer
 * (502).
 */
export function peerError(peer: PeerFacts, cause: unknown): PeerError {
  const facts = { ...peer, cause };
  for (const error of toCauses(cause)) {
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

type PeerError = PeerBadAnswerError | PeerTimeoutError | PeerUnavailableError;

interface ClientError {
  name?: unknown;
  code?: unknown;
  /** `statusCode` is ethers' name, `status` that of axios. */
  response?: { statusCode?: unknown; status?: unknown };
  cause?: unknown;
  errors?: unknown;
}

/** An error and its causes, including the members of an AggregateError. */
function toCauses(error: unknown, depth = 0): ClientError[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const { cause, errors } = error as ClientError;
  const members = Array.isArray(errors) ? errors : [];
  return [error, ...[cause, ...members].flatMap((inner) => toCauses(inner, depth + 1))];
}
