import { destroyAgents, keepAliveAgents } from "@platform/shared/clients/keep-alive-agents";
import { toHost } from "@platform/shared/clients/peer-error";
import type { PeerFacts } from "@platform/shared/errors/peer-errors";
import axios, { type AxiosInstance } from "axios";

/** The HTTP client for OpenFaaS's gateway. */
export interface GatewayHttp {
  /** Returns answers as text of up to 64 MB. */
  http: AxiosInstance;
  /** The gateway's facts for errors. */
  peer: Pick<PeerFacts, "setting" | "host">;
  close(): void;
}

/** The size limit of an answer, which is held in memory. */
const maxAnswerBytes = 64_000_000;

/** Creates a client that keeps connections alive, and follows no redirects. */
export function createGatewayHttp(url: string): GatewayHttp {
  const agents = keepAliveAgents();
  const http = axios.create({
    ...agents,
    baseURL: url,
    maxRedirects: 0,
    maxBodyLength: Number.POSITIVE_INFINITY,
    maxContentLength: maxAnswerBytes,
    responseType: "text",
    transitional: { silentJSONParsing: true, forcedJSONParsing: false, clarifyTimeoutError: true },
    proxy: false,
  });
  return { http, peer: { setting: "GATEWAY_URL", host: toHost(url) }, close: () => destroyAgents(agents) };
}
