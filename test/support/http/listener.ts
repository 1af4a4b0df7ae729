import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A small HTTP server of a test's own on loopback. */
export interface StartedListener extends AsyncDisposable {
  url: string;
  server: Server;
}

/** Starts a server that answers by the given function. */
export async function startListener(answer: RequestListener): Promise<StartedListener> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
