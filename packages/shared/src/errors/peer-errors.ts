import { PlatformError } from "./platform-error.ts";

/** The facts about a failed peer. */
export interface PeerFacts {
  /** The setting with the peer's address, such as GETH_RPC_ENDPOINT. */
  setting: string;
  /** Host and port of the peer, nothing else of its URL. */
  host: string;
  /** The wait that the peer asked for, in seconds. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

/** 502: a peer gave an unexpected answer. */
export class PeerBadAnswerError extends PlatformError {
  constructor({ setting, host, cause }: PeerFacts) {
    super({ status: 502, code: "peer_bad_answer", detail: `${setting}: bad answer from ${host}.`, cause });
  }
}

/** 503: a peer is unreachable or busy. */
export class PeerUnavailableError extends PlatformError {
  /** The wait before a retry, in seconds. */
  readonly retryAfter: number;

  constructor({ setting, host, retryAfter = 1, cause }: PeerFacts) {
    super({
      status: 503,
      code: "peer_unavailable",
      detail: `${setting}: ${host} is out of reach or busy.`,
      headers: { "retry-after": String(retryAfter) },
      cause,
    });
    this.retryAfter = retryAfter;
  }
}

/** 504: a peer did not answer in time. */
export class PeerTimeoutError extends PlatformError {
  constructor({ setting, host, cause }: PeerFacts) {
    super({
      status: 504,
      code: "peer_timeout",
      detail: `${setting}: ${host} did not answer in time.`,
      cause,
    });
  }
}
