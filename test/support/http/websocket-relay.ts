import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";

/** A WebSocket proxy that records messages. */
export interface WebSocketRelay extends AsyncDisposable {
  url: string;
  /** The target of connections; a change applies to new ones. */
  target: string;
  /** The messages of clients, in order. */
  sent: string[];
  /** The messages of the server, in order. */
  received: string[];
}

/** Starts a proxy for a server, on loopback. */
export async function startWebSocketRelay(target: string): Promise<WebSocketRelay> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  server.on("connection", (client) => {
    const upstream = new WebSocket(relay.target);
    const opened = once(upstream, "open");
    client.on("message", async (data, isBinary) => {
      relay.sent.push(String(data));
      await opened.catch(() => undefined);
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data, { binary: isBinary });
    });
    upstream.on("message", (data, isBinary) => {
      relay.received.push(String(data));
      client.send(data, { binary: isBinary });
    });
    opened.catch(() => undefined);
    upstream.on("error", () => undefined);
    upstream.on("close", () => client.terminate());
    client.on("close", () => upstream.terminate());
  });
  const relay: WebSocketRelay = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    sent: [],
    received: [],
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, "close");
    },
  };
  return relay;
}
