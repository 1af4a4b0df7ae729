import { toJson } from "@platform/shared/function/answer";
import type { Logger } from "@platform/shared/log/logger";
import { sendProblem } from "@platform/shared/service/problem-response";
import { createServiceApp } from "@platform/shared/service/service-app";
import express, { type Express, type RequestHandler } from "express";
import type { EventStream } from "./event-stream.ts";
import type { Metrics } from "./metrics.ts";
import type { Network } from "./network.ts";

/** What the app needs. */
export interface AppOptions {
  log: Logger;
  metrics: Metrics;
  network: Network;
  events: EventStream;
  /** The folder with the page. */
  publicFolder: string;
}

/** What readers get: the page, the nodes as JSON, and as events. */
export function createApp({ log, metrics, network, events, publicFolder }: AppOptions): Express {
  return createServiceApp({
    name: "ethstats server",
    log,
    metrics: metrics.registry,
    ready: () => true,
    routes(app) {
      app.use(securityHeaders);
      app.all("/api", (_request, response) => {
        const upgrade = { upgrade: "websocket", connection: "upgrade" };
        sendProblem(response, 426, "upgrade_required", "This path takes WebSockets only.", upgrade);
      });
      app.get("/api/nodes", (_request, response) => {
        response.set("cache-control", "no-store").type("application/json");
        response.send(`${toJson(network.view())}\n`);
      });
      app.get("/api/events", (request, response) => events.open(request, response));
      app.use(express.static(publicFolder, { redirect: false }));
    },
  });
}

/** The page loads what this server serves, and nothing else; nobody frames it. */
const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    "content-security-policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  next();
};
