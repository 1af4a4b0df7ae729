import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** Behaviour of a server. */
export interface MastodonBehaviour {
  /** The token that its timeline and its stream require. */
  token?: string;
  /** The number of requests before it answers 429. */
  requestsLeft?: number;
  /** Whether it answers each request with the newest page, like software without `min_id`. */
  ignoresMinId?: boolean;
}

/** A server on 127.0.0.1 that implements the part of Mastodon's documented API that the feed uses. */
export interface StartedMastodon extends AsyncDisposable {
  url: string;
  /** The path and query of each request. */
  requests: string[];
  behaviour: MastodonBehaviour;
  /** Writes public statuses. */
  post(...texts: readonly string[]): void;
  /** Ends all streams at once. */
  drop(): void;
}

/** Starts the server. */
export async function startMastodon(behaviour: MastodonBehaviour = {}): Promise<StartedMastodon> {
  const statuses: ReturnType<typeof toStatus>[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url!, "http://mastodon");
    requests.push(request.url!);
    if (url.pathname === "/api/v2/instance") return json(response, 200, { domain: "mastodon.test" });
    if (url.pathname !== "/api/v1/timelines/public")
      return json(response, 404, { error: "Record not found" });
    const { requestsLeft, token } = behaviour;
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      return json(response, 422, { error: "This method requires an authenticated user" });
    const reset = new Date(Date.now() + 1_000).toISOString();
    if (requestsLeft === 0) {
      delete behaviour.requestsLeft;
      return json(response, 429, { error: "Too many requests" }, { "x-ratelimit-reset": reset });
    }
    if (requestsLeft !== undefined) behaviour.requestsLeft = requestsLeft - 1;
    const limit = Math.min(40, Number(url.searchParams.get("limit") ?? 20));
    const minId = behaviour.ignoresMinId ? null : url.searchParams.get("min_id");
    const after = statuses.filter(({ id }) => minId === null || Number(id) > Number(minId));
    json(response, 200, (minId === null ? after.slice(-limit) : after.slice(0, limit)).reverse());
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const isPublic = request.url === "/api/v1/streaming?stream=public";
    const isAllowed = request.headers.authorization === `Bearer ${behaviour.token}`;
    if (!isPublic || !isAllowed) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => client.on("error", () => undefined));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const drop = () => {
    for (const client of sockets.clients) client.terminate();
  };
  return {
    url,
    requests,
    behaviour,
    drop,
    post(...texts) {
      for (const text of texts) {
        const status = toStatus(url, statuses.length, text);
        statuses.push(status);
        const message = { stream: ["public"], event: "update", payload: JSON.stringify(status) };
        for (const client of sockets.clients) client.send(JSON.stringify(message));
      }
    },
    async [Symbol.asyncDispose]() {
      drop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toStatus(url: string, index: number, text: string) {
  const id = String(9_990 + index); // ids get one more digit, to test that they are compared as numbers
  return {
    id,
    uri: `${url}/users/ada/statuses/${id}`,
    created_at: new Date().toISOString(),
    edited_at: null,
    visibility: "public",
    content: `<p>${text}</p>`,
    account: { acct: "ada", username: "ada", display_name: "Ada" },
    reblog: null,
  };
}

function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
