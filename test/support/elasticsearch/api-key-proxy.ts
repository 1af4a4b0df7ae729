import { Agent } from "node:https";
import type { Certificates } from "../http/certificates.ts";
import { forward } from "../http/forward.ts";
import { startTlsListener } from "../http/listener.ts";

/** An HTTPS server in front of Elasticsearch that requires an API key. */
export interface StartedApiKeyProxy extends AsyncDisposable {
  url: string;
}

export interface ApiKeyProxyOptions {
  apiKey: string;
  certificates: Certificates;
  /** The Elasticsearch behind the proxy, with the same certificates, and its user:password. */
  target: string;
  credentials: string;
}

/**
 * Starts the proxy. The build of Elasticsearch for tests supports users but no API keys, because it lacks an analyser for the index
 * of API keys.
 */
export async function startApiKeyProxy(options: ApiKeyProxyOptions): Promise<StartedApiKeyProxy> {
  const { apiKey, certificates, target, credentials } = options;
  const agent = new Agent({ ca: certificates.ca, keepAlive: true });
  const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
  const listener = await startTlsListener((request, response) => {
    if (request.headers.authorization !== `ApiKey ${apiKey}`) {
      request.resume();
      response.writeHead(401, { "content-type": "application/json" }).end("{}");
      return;
    }
    forward(request, response, { agent, headers: { ...request.headers, authorization }, target });
  }, certificates);
  return {
    url: listener.url,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      await listener[Symbol.asyncDispose]();
    },
  };
}
