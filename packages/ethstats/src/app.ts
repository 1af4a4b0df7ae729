import { toJson } from "@platform/shared/function/answer";
import type { Logger } from "@platform/shared/log/logger";
import { pageHeaders } from "@platform/shared/service/page-headers";
import { sendProblem } from "@platform/shared/service/problem-response";
import { createServiceApp } from "@platform/shared/service/service-app";
import express, { type Express } from "express";
import type { EventStream } from "./event-stream.ts";
import type { Metrics } from "./metrics.ts";
import type { Network } from "./network.ts";

/** The dependencies of the app. */
export interface AppOptions {
  log: Logger;
  metrics: Metrics;
  network: Network;
  events: EventStream;
  /** The URL of the console, for a link on the page. */
  consolePage: string | undefined;
  /** The folder with the page. */
  publicFolder: string;
}

/** Creates the HTTP app for readers: the page, the nodes as JSON, and events. */
export function createApp({ log, metrics, network, events, consolePage, publicFolder }: AppOptions): Express {
  return createServiceApp({
    name: "ethstats server",
    log,
    metrics: metrics.registry,
    ready: () => true,
    routes(app) {
      app.use(pageHeaders);
      app.all("/api", (_request, response) => {
        const upgrade = { upgrade: "websocket", connection: "upgrade" };
        sendProblem(
          response,
          426,
          "upgrade_required",
          "This path accepts only WebSocket connections.",
          upgrade,
        );
      });
      app.get("/api/nodes", (_request, response) => {
        response.set("cache-control", "no-store").type("application/json");
        response.send(`${toJson(network.view())}\n`);
      });
      app.get("/api/links", (_request, response) => {
        response.set("cache-control", "no-cache").json({ console: consolePage ?? null });
      });
      app.get("/api/events", (request, response) => events.open(request, response));
      app.use(express.static(publicFolder, { redirect: false }));
    },
  });
}
