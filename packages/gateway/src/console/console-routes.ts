import { PlatformError } from "@platform/shared/errors/platform-error";
import { pageHeaders } from "@platform/shared/service/page-headers";
import { notFound } from "@platform/shared/service/problem-response";
import express, { Router } from "express";
import { type GuardChangesOptions, guardChanges } from "./access/guard-changes.ts";
import type { ConsoleServices } from "./console-services.ts";
import { documentsRoutes } from "./documents/documents-routes.ts";
import { ethereumRoutes } from "./ethereum/ethereum-routes.ts";
import { type Transfer, transferRoute } from "./ethereum/transfer-route.ts";
import { type FunctionsRouteOptions, functionsRoutes } from "./functions/functions-routes.ts";
import type { LiveView } from "./live/live-view.ts";
import type { About } from "./live/view.ts";
import { NotConfiguredError } from "./not-configured-error.ts";
import { pageRoute } from "./page-route.ts";
import { topicsRoutes } from "./topics/topics-routes.ts";

/** Options of consoleRoutes. */
export interface ConsoleRouteOptions extends FunctionsRouteOptions, Pick<GuardChangesOptions, "log"> {
  live: LiveView;
  about: About;
  /** Undefined until the services are open. */
  services(): ConsoleServices | undefined;
  /** Aborts on shutdown, which ends live tails. */
  ending: AbortSignal;
  /** The folder of the page's files. */
  publicFolder: string;
  /** Sends ether between the accounts; unset: the page has no transfer button. */
  transfer?: Transfer | undefined;
}

/** Below `/ui`: the page, its events, and the API of each view. */
export function consoleRoutes(options: ConsoleRouteOptions): Router {
  const { live, about, ending, log, publicFolder, services, transfer } = options;
  const router = Router();
  router.use(pageHeaders);
  const api = Router();
  api.use(guardChanges({ isReadOnly: about.isReadOnly, log }));
  api.get("/events", (request, response) => live.open(request, response));
  api.use("/functions", functionsRoutes(options));
  if (transfer !== undefined) api.post("/transfers", transferRoute(transfer));
  api.use(
    "/documents",
    documentsRoutes(() => requireService(services(), "documents", "ELASTICSEARCH_URL")),
  );
  api.use(
    "/topics",
    topicsRoutes({ client: () => requireService(services(), "topics", "KAFKA_BROKERS"), ending }),
  );
  api.use(
    "/ethereum",
    ethereumRoutes({
      nodes: () => requireService(services(), "chain", "GETH_RPC_ENDPOINT"),
      ethstats: () => requireService(services(), "ethstats", "ETHSTATS_URL"),
    }),
  );
  router.use("/api", api, notFound);
  router.use(express.static(publicFolder, { index: false }), pageRoute(publicFolder));
  return router;
}

/** Returns a service of the console. @throws NotConfiguredError (404), NotStartedError (503) */
function requireService<Name extends keyof ConsoleServices>(
  services: ConsoleServices | undefined,
  name: Name,
  setting: string,
): NonNullable<ConsoleServices[Name]> {
  if (services === undefined) throw new NotStartedError();
  const service = services[name];
  if (service === undefined) throw new NotConfiguredError({ setting });
  return service;
}

class NotStartedError extends PlatformError {
  constructor() {
    const headers = { "retry-after": "1" };
    super({ status: 503, code: "not_started", detail: "The gateway is starting.", headers });
  }
}
