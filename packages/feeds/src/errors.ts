import { PlatformError } from "@platform/shared/errors/platform-error";

/** 503: a server closed a WebSocket. */
export class SocketClosedError extends PlatformError {
  constructor({ host, code, reason }: { host: string; code: number; reason: string }) {
    const suffix = reason === "" ? "" : `: ${reason.slice(0, 200)}`;
    super({
      status: 503,
      code: "socket_closed",
      detail: `${host} closed the connection (${code}${suffix}).`,
    });
  }
}

/** 504: a server stopped answering pings. */
export class SilentSocketError extends PlatformError {
  constructor({ host }: { host: string }) {
    super({ status: 504, code: "socket_silent", detail: `${host} does not answer pings.` });
  }
}

/** 502: a Mastodon server shows its public timeline only to its members. */
export class TimelineClosedError extends PlatformError {
  constructor({ host, status, hasToken }: { host: string; status: number; hasToken: boolean }) {
    const remedy = hasToken
      ? "the token in MASTODON_TOKEN_SECRET_NAME gives no access"
      : "set MASTODON_TOKEN_SECRET_NAME, or choose another instance";
    super({
      status: 502,
      code: "timeline_closed",
      detail: `${host} shows its public timeline to members only (${status}): ${remedy}.`,
    });
  }
}

/** 502: the answer of a server does not follow Mastodon's API. */
export class NotMastodonError extends PlatformError {
  constructor({ host, reason, cause }: { host: string; reason: string; cause?: unknown }) {
    super({
      status: 502,
      code: "not_mastodon",
      detail: `${host} is not a Mastodon server, or its API failed: ${reason}.`,
      cause,
    });
  }
}
