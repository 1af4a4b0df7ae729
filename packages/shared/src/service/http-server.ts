import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Where a server listens and what answers. */
export interface HttpServerOptions {
  /** An express app, for instance. */
  app: RequestListener;
  /** Unset: every address of the machine, IPv6 and IPv4. */
  host?: string | undefined;
  /** 0: any free port. */
  port: number;
  /** How many milliseconds answers that have begun may take after the end; five seconds when it is left out. */
  patience?: number;
}

/** A server that listens. Disposing of it lets answers that have begun end, for a time. */
export interface StartedHttpServer extends AsyncDisposable {
  /** With the port that it got, and a name that this machine can reach; localhost when no host is given. */
  url: string;
  server: Server;
}

/** Listens; rejects when it cannot, as with EADDRINUSE. */
export async function startHttpServer({
  app,
  host,
  port,
  patience = 5_000,
}: HttpServerOptions): Promise<StartedHttpServer> {
  const sockets = new Set<Socket>();
  let ending = false;
  const server = createServer(app).on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  // Who asks on a connection that is open gets an answer, and the word that it was the last.
  server.prependListener("request", (_request, response) => {
    if (ending) response.shouldKeepAlive = false;
  });
  server.listen({ port, ...(host === undefined ? {} : { host }) });
  await once(server, "listening");
  const { port: found } = server.address() as AddressInfo;
  return {
    url: `http://${nameOf(host)}:${found}`,
    server,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      ending = true;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      // Browsers connect before they have anything to ask; for Node.js such connections are not idle.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      const late = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(late);
    },
  };
}

const loopback: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

function nameOf(host: string | undefined): string {
  if (host === undefined) return "localhost";
  return loopback[host] ?? (host.includes(":") ? `[${host}]` : host);
}
