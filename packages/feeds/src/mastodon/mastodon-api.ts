import { userAgent } from "@platform/shared/clients/user-agent";
import { withTimeLimit } from "@platform/shared/clients/with-time-limit";
import { NotMastodonError, TimelineClosedError } from "../errors.ts";

/** A page of the public timeline, newest first, as the server sends it. */
interface TimelinePage {
  statuses: readonly unknown[];
  /** Whether newer statuses may follow. */
  isFull: boolean;
  /** Delay of the next request because of the server's rate limit, in milliseconds. */
  pauseMs: number;
}

/** The part of Mastodon's API that the feed uses. */
export interface MastodonApi {
  readonly host: string;
  /** Reads the oldest statuses after an id or, without one, the newest. */
  timeline(minId: string | undefined, signal: AbortSignal): Promise<TimelinePage>;
  /** Returns the URL and the headers of the WebSocket with the public stream. */
  stream(signal: AbortSignal): Promise<{ url: URL; headers: Readonly<Record<string, string>> }>;
}

/** The maximum page size of the API. */
const pageSize = 40;
const timeoutMs = 15_000;
const maxBytes = 16 * 1024 * 1024;

interface Answer {
  status: number;
  headers: Headers;
  /** Undefined when the body is not JSON. */
  body: unknown;
}

interface InstanceAnswer {
  configuration?: { urls?: { streaming?: unknown } };
}

/** Creates a client of a server. Each request reads the token again, so that it can rotate. */
export function createMastodonApi(server: URL, readToken: () => Promise<string | undefined>): MastodonApi {
  const { host } = server;

  async function ask(path: string, signal: AbortSignal): Promise<Answer> {
    const token = await readToken();
    const headers = { accept: "application/json", "user-agent": userAgent("feeds"), ...bearer(token) };
    return await withTimeLimit(timeoutMs, signal, async (limit) => {
      const response = await fetch(new URL(path, server), { headers, signal: limit });
      const { status } = response;
      const body = parseJson(await boundedText(response, host));
      if ([401, 403, 422].includes(status))
        throw new TimelineClosedError({ host, status, hasToken: token !== undefined });
      return { status, headers: response.headers, body };
    });
  }

  return {
    host,
    async timeline(minId, signal) {
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (minId !== undefined) query.set("min_id", minId);
      const { body, headers, status } = await ask(`/api/v1/timelines/public?${query}`, signal);
      const pauseMs = readPause(status, headers);
      if (status === 429) return { statuses: [], isFull: false, pauseMs };
      if (status !== 200 || !Array.isArray(body))
        throw new NotMastodonError({ host, reason: `status ${status} for its public timeline` });
      return { statuses: body, isFull: body.length >= pageSize, pauseMs };
    },
    async stream(signal) {
      const { body } = await ask("/api/v2/instance", signal);
      const { streaming } = (body as InstanceAnswer | undefined)?.configuration?.urls ?? {};
      const isUrl = typeof streaming === "string" && /^wss?:/i.test(streaming) && URL.canParse(streaming);
      const url = new URL("/api/v1/streaming", isUrl ? streaming : toSocketUrl(server));
      url.searchParams.set("stream", "public");
      return { url, headers: bearer(await readToken()) };
    },
  };
}

function bearer(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function toSocketUrl(server: URL): URL {
  const url = new URL(server);
  url.protocol = server.protocol === "https:" ? "wss:" : "ws:";
  return url;
}

const longestPause = 15 * 60_000;

/** Reads the delay from Mastodon's rate-limit headers; the limit is 300 requests in five minutes. */
function readPause(status: number, headers: Headers): number {
  const isUsedUp = status === 429 || headers.get("x-ratelimit-remaining") === "0";
  if (!isUsedUp) return 0;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const reset = Date.parse(headers.get("x-ratelimit-reset") ?? "") - Date.now();
  const pauseMs = Number.isFinite(reset) ? reset : Number.isFinite(seconds) ? seconds * 1_000 : 60_000;
  return Math.min(longestPause, Math.max(1_000, pauseMs));
}

async function boundedText({ body, status }: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new NotMastodonError({ host, reason: `status ${status} with more than ${maxBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
