import { lookup } from "node:dns/promises";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { createServiceApp } from "@platform/shared/service/service-app";
import type { Request, Response } from "express";
import { createDirectory, type KnownBootnode, type Resolve } from "./directory.ts";
import { NoBootnodeError } from "./errors.ts";
import type { RegistrarConfig } from "./registrar-config.ts";
import { createRegistrarMetrics, type RegistrarMetrics } from "./registrar-metrics.ts";

/**
 * Starts the registrar. `GET /` returns the known boot nodes, separated by commas or, if the Accept header prefers it, as
 * JSON; 503 while it knows none. It asks the boot nodes in the background, so callers put no load on them. Only the first
 * callers wait, for the first refresh.
 */
export async function startRegistrar(config: RegistrarConfig, log: Logger): Promise<StartedHttpServer> {
  const metrics: RegistrarMetrics = createRegistrarMetrics(() => directory.known().length);
  const directory = createDirectory({
    hosts: config.BOOTNODE_SERVICE,
    resolve,
    timeout: config.BOOTNODE_TIMEOUT,
    retentionMs: config.BOOTNODE_KEEP,
    log,
    failed: (of) => metrics.failures.inc({ of }),
  });
  const first = directory.refresh();
  const serviceApp = createServiceApp({
    name: "registrar",
    log,
    metrics: metrics.registry,
    ready: () => directory.known().length > 0,
    routes(app) {
      app.get("/", (request, response, next) => {
        response.once("finish", () => metrics.requests.inc({ status: response.statusCode }));
        first.then(() => sendEnodes(directory.known(), request, response)).catch(next);
      });
    },
  });
  const server = await startHttpServer({ app: serviceApp, host: config.HOST, port: config.PORT });
  const refreshing = setInterval(() => void directory.refresh(), config.BOOTNODE_REFRESH);
  log.info({ url: server.url }, "listening");
  return {
    ...server,
    [Symbol.asyncDispose]() {
      clearInterval(refreshing);
      return server[Symbol.asyncDispose]();
    },
  };
}

function sendEnodes(known: readonly KnownBootnode[], request: Request, response: Response): void {
  if (known.length === 0) throw new NoBootnodeError();
  const enodes = known.map(({ url }) => url);
  response.set("cache-control", "no-store").vary("Accept");
  if (request.accepts(["text/plain", "application/json"]) !== "application/json") {
    response.type("text/plain").send(enodes.join(","));
  } else {
    const answered = Object.fromEntries(known.map((bootnode) => [bootnode.url, bootnode.answered]));
    response.json({ enodes, answered });
  }
}

/** Uses the system's resolver, which also supports /etc/hosts and IP addresses. */
const resolve: Resolve = async (name) => {
  const addresses = await lookup(name, { all: true });
  return addresses.map(({ address }) => address);
};
