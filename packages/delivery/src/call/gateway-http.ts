import { destroyAgents, keepAliveAgents } from "@platform/shared/clients/keep-alive-agents";
import { hostOf } from "@platform/shared/clients/peer-error";
import type { PeerFacts } from "@platform/shared/errors/peer-errors";
import axios, { type AxiosInstance } from "axios";

/** HTTP to OpenFaaS's gateway. */
export interface GatewayHttp {
  /** Answers are text, of up to 64 MB. */
  http: AxiosInstance;
  /** The gateway in errors. */
  peer: Pick<PeerFacts, "setting" | "host">;
  close(): void;
}

/** An answer is kept whole until it is read. */
const mostAnswerBytes = 64_000_000;

/** Keeps its connections to the gateway, and follows no redirects. */
export function createGatewayHttp(url: string): GatewayHttp {
  const agents = keepAliveAgents();
  const http = axios.create({
    ...agents,
    baseURL: url,
    maxRedirects: 0,
    maxBodyLength: Number.POSITIVE_INFINITY,
    maxContentLength: mostAnswerBytes,
    responseType: "text",
    transitional: { silentJSONParsing: true, forcedJSONParsing: false, clarifyTimeoutError: true },
    proxy: false,
  });
  return { http, peer: { setting: "GATEWAY_URL", host: hostOf(url) }, close: () => destroyAgents(agents) };
}
