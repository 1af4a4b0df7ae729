import { once } from "node:events";
import { Agent, createServer, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificates } from "../http/certificates.ts";

/** An HTTPS server before Elasticsearch that lets in only who has the API key. */
export interface StartedApiKeyProxy extends AsyncDisposable {
  url: string;
}

export interface ApiKeyProxyOptions {
  apiKey: string;
  certificates: Certificates;
  /** The Elasticsearch behind it, with the same certificates, and user:password for it. */
  target: string;
  credentials: string;
}

/**
 * Starts the proxy. The build of Elasticsearch that tests have lets users in, but has no API keys: the index that it keeps
 * them in needs an analyser that it lacks.
 */
export async function startApiKeyProxy(options: ApiKeyProxyOptions): Promise<StartedApiKeyProxy> {
  const { apiKey, certificates, target, credentials } = options;
  const { ca, certificate: cert, key } = certificates;
  const agent = new Agent({ ca, keepAlive: true });
  const server = createServer({ cert, key }, (request, response) => {
    if (request.headers.authorization !== `ApiKey ${apiKey}`) {
      request.resume();
      response.writeHead(401, { "content-type": "application/json" }).end("{}");
      return;
    }
    const { method, url, headers } = request;
    const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    const forwarded = httpsRequest(
      `${target}${url}`,
      { agent, method, headers: { ...headers, authorization } },
      (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      },
    );
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
