import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Logger } from "@platform/shared/log/logger";
import { startHttpServer } from "@platform/shared/service/http-server";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { EventStream } from "./event-stream.ts";
import { createMetrics } from "./metrics.ts";
import { Network } from "./network.ts";
import { NodeConnections } from "./node-connections.ts";
import { createRefuse } from "./refusals.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";

/** The dependencies of the server besides its settings. */
export interface EthstatsOptions {
  log: Logger;
  /** The folder with the page. */
  publicFolder: string;
}

/** A running server. Disposing of it closes every connection. */
export interface StartedEthstats extends AsyncDisposable {
  /** The URL with the actual port. */
  url: string;
}

/** `/api`, also `/api/` and Nethermind's `//api`; Primus-style reporters add a query. */
const nodePath = /^\/+api\/*(\?|$)/;
/** Maximum number of other connections: those without a hello, and those for the page. */
const otherConnections = 500;
const forgetEvery = 1_000;

/** Starts the server: nodes report to it over WebSockets at /api, everything else is HTTP. */
export async function startEthstats(
  config: Config,
  { log, publicFolder }: EthstatsOptions,
): Promise<StartedEthstats> {
  const now = () => new Date();
  const network = new Network({ maxNodes: config.MAX_NODES, forgetAfter: config.FORGET_AFTER, now });
  const metrics = createMetrics(network);
  const refuse = createRefuse(log, metrics, now);
  const nodes = new NodeConnections({ config, network, metrics, refuse, log });
  const events = new EventStream({ network, metrics, maxClients: config.MAX_EVENT_CLIENTS });
  const app = createApp({ log, metrics, network, events, consolePage: config.CONSOLE_PAGE, publicFolder });
  const { url, server, ...http } = await startHttpServer({ app, host: config.HOST, port: config.PORT });

  server.maxConnections = config.MAX_NODES + config.MAX_EVENT_CLIENTS + otherConnections;
  server.on("upgrade", (request, socket, head) => {
    if (!nodePath.test(request.url ?? "")) return refuseUpgrade(socket, notFoundError());
    if (nodes.hasRoom) return nodes.upgrade(request, socket, head);
    refuse("too_many_connections");
    refuseUpgrade(socket, tooManyConnectionsError());
  });
  const forgetting = setInterval(() => network.forget(), forgetEvery);
  log.info({ url }, "listening");
  return {
    url,
    async [Symbol.asyncDispose]() {
      clearInterval(forgetting);
      events[Symbol.dispose]();
      const stopped = http[Symbol.asyncDispose]();
      await nodes[Symbol.asyncDispose]();
      await stopped;
    },
  };
}

function notFoundError(): PlatformError {
  return new PlatformError({ status: 404, code: "not_found", detail: "Not found. Nodes connect to /api." });
}

function tooManyConnectionsError(): PlatformError {
  return new PlatformError({
    status: 503,
    code: "too_many_connections",
    detail: "Too many connections have not sent a hello yet; try again.",
    headers: { "retry-after": "10" },
  });
}
