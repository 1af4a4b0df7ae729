import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Options of an HTTP server. */
export interface HttpServerOptions {
  /** The handler of requests, such as an express app. */
  app: RequestListener;
  /** Unset: every address of the machine, IPv6 and IPv4. */
  host?: string | undefined;
  /** 0: any free port. */
  port: number;
  /** The time limit for responses in progress after the disposal, in milliseconds; default 5,000. */
  shutdownTimeoutMs?: number;
}

/** A listening server. Disposing of it is a graceful shutdown: responses in progress finish within the time limit. */
export interface StartedHttpServer extends AsyncDisposable {
  /** The URL with the bound port, and with a host name for this machine: localhost if no host is set. */
  url: string;
  server: Server;
}

/** Starts a server. Rejects if it cannot listen, for example with EADDRINUSE. */
export async function startHttpServer({
  app,
  host,
  port,
  shutdownTimeoutMs = 5_000,
}: HttpServerOptions): Promise<StartedHttpServer> {
  const sockets = new Set<Socket>();
  let ending = false;
  const server = createServer(app).on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  // During the shutdown, open connections still get a response, with `Connection: close`.
  server.prependListener("request", (_request, response) => {
    if (ending) response.shouldKeepAlive = false;
  });
  server.listen({ port, ...(host === undefined ? {} : { host }) });
  await once(server, "listening");
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://${toHostName(host)}:${boundPort}`,
    server,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      ending = true;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      // Browsers open connections in advance, which are not idle for Node.js.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      const timer = setTimeout(() => server.closeAllConnections(), shutdownTimeoutMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

const loopback: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

function toHostName(host: string | undefined): string {
  if (host === undefined) return "localhost";
  return loopback[host] ?? (host.includes(":") ? `[${host}]` : host);
}
