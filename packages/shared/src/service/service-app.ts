import express, { type Express, type RequestHandler } from "express";
import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";
import { type Registry, scrape } from "../metrics/registry.ts";
import { notFound, problemHandler, sendProblem } from "./problem-response.ts";

/** Options of a service's express app. */
export interface ServiceAppOptions {
  /** The name in messages, such as "registrar". */
  name: string;
  log: Logger;
  metrics: Registry;
  /** Passes a request for `/metrics` on, or refuses it; unset: all pass. */
  authenticateScrapes?: RequestHandler | undefined;
  /** Whether the service can answer calls. Until then, `/readyz` is 503. */
  ready(): boolean;
  /** The check of `/healthz`: liveness (the default), or readiness, for clients that do not know `/readyz`. */
  healthz?: "live" | "ready";
  /** Adds the service's own routes. */
  routes(app: Express): void;
}

/**
 * Creates the express app of a long-running service: its own routes, `GET /healthz` (liveness), `GET /readyz` (readiness),
 * `GET /metrics` (Prometheus), and all errors as problem+json.
 */
export function createServiceApp(options: ServiceAppOptions): Express {
  const { name, log, metrics, authenticateScrapes, ready, healthz, routes } = options;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("case sensitive routing"); // an ingress that closes /metrics leaves /Metrics open
  const sendOk: RequestHandler = (_request, response) => response.type("text/plain").send("OK\n");
  const sendReadiness: RequestHandler = (request, response, next) => {
    if (ready()) return sendOk(request, response, next);
    sendProblem(response, 503, "not_ready", `The ${name} is not ready yet.`, { "retry-after": "1" });
  };
  app.get("/healthz", healthz === "ready" ? sendReadiness : sendOk);
  app.get("/readyz", sendReadiness);
  if (authenticateScrapes !== undefined) app.get("/metrics", authenticateScrapes);
  app.get("/metrics", (_request, response, next) => {
    scrape(metrics).then((text) => response.type(metrics.contentType).send(text), next);
  });
  routes(app);
  app.use(notFound);
  app.use(problemHandler(name, (error) => log.error({ error: describeError(error) }, "internal_error")));
  return app;
}
