import type { RequestListener } from "node:http";
import { startHttpServer } from "@platform/shared/service/http-server";

/** An HTTP server that stands in for the one beside a boot node. */
export interface StartedFakeBootnode extends AsyncDisposable {
  host: string;
  port: number;
  /** What it answers with from now on: a body, or whatever a listener does. */
  answer: string | RequestListener;
  /** How many times it was asked. */
  asked: number;
}

/** Starts a fake boot node on loopback, at a port of its own unless one is given. */
export async function startFakeBootnode(
  answer: StartedFakeBootnode["answer"],
  { host = "127.0.0.1", port = 0 } = {},
): Promise<StartedFakeBootnode> {
  const bootnode = { host, port, answer, asked: 0 };
  const started = await startHttpServer({
    host,
    port,
    app: (request, response) => {
      bootnode.asked += 1;
      if (typeof bootnode.answer === "string") response.end(bootnode.answer);
      else bootnode.answer(request, response);
    },
  });
  return Object.assign(bootnode, {
    port: Number(new URL(started.url).port),
    async [Symbol.asyncDispose]() {
      started.server.closeAllConnections(); // those that are left hanging
      await started[Symbol.asyncDispose]();
    },
  });
}
