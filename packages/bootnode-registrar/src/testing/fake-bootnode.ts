import type { RequestListener } from "node:http";
import { startHttpServer } from "@platform/shared/service/http-server";

/** A fake sidecar of a boot node. */
export interface StartedFakeBootnode extends AsyncDisposable {
  host: string;
  port: number;
  /** The current answer: a body, or a listener that answers. */
  answer: string | RequestListener;
  /** The number of received requests. */
  requests: number;
}

/** Starts a fake boot node on loopback, at a free port by default. */
export async function startFakeBootnode(
  answer: StartedFakeBootnode["answer"],
  { host = "127.0.0.1", port = 0 } = {},
): Promise<StartedFakeBootnode> {
  const bootnode = { host, port, answer, requests: 0 };
  const started = await startHttpServer({
    host,
    port,
    app: (request, response) => {
      bootnode.requests += 1;
      if (typeof bootnode.answer === "string") response.end(bootnode.answer);
      else bootnode.answer(request, response);
    },
  });
  return Object.assign(bootnode, {
    port: Number(new URL(started.url).port),
    async [Symbol.asyncDispose]() {
      started.server.closeAllConnections(); // hanging connections, too
      await started[Symbol.asyncDispose]();
    },
  });
}
