import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificates } from "./certificates.ts";

/** A small HTTP server on loopback. */
export interface StartedListener extends AsyncDisposable {
  url: string;
  server: Server;
}

/** Starts a server that answers by the given function. */
export async function startListener(answer: RequestListener): Promise<StartedListener> {
  return listen("http", createServer(answer));
}

/** Starts the same server with TLS. */
export async function startTlsListener(
  answer: RequestListener,
  { certificate: cert, key }: Certificates,
): Promise<StartedListener> {
  return listen("https", createTlsServer({ cert, key }, answer));
}

async function listen(scheme: "http" | "https", server: Server): Promise<StartedListener> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
