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
}

/** A server that listens. Disposing of it lets answers that have begun end, for five seconds. */
export interface StartedHttpServer extends AsyncDisposable {
  /** With the port that it got; a server on every address is called localhost. */
  url: string;
  server: Server;
}

const patience = 5_000;

/** Listens; rejects when it cannot, as with EADDRINUSE. */
export async function startHttpServer({ app, host, port }: HttpServerOptions): Promise<StartedHttpServer> {
  const sockets = new Set<Socket>();
  const server = createServer(app).on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen({ port, ...(host === undefined ? {} : { host }) });
  await once(server, "listening");
  const { port: found } = server.address() as AddressInfo;
  const name = host === undefined ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${found}`,
    server,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
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
