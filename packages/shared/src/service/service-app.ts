import express, { type Express, type RequestHandler } from "express";
import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";
import { type Registry, scrape } from "../metrics/registry.ts";
import { notFound, problemHandler, sendProblem } from "./problem-response.ts";

/** What a service's express app is made of. */
export interface ServiceAppOptions {
  /** What sentences call it, such as "registrar". */
  name: string;
  log: Logger;
  metrics: Registry;
  /** Lets a request for `/metrics` pass, or answers it itself; unset: all pass. */
  authenticateScrapes?: RequestHandler | undefined;
  /** Whether calls can be answered: `/readyz` is 503 until then. */
  ready(): boolean;
  /** What `/healthz` tells: that the process lives (the default), or that it is ready, where nobody asks `/readyz`. */
  healthz?: "live" | "ready";
  /** Adds the service's own routes. */
  routes(app: Express): void;
}

/**
 * The express app of a long-running service: its own routes, `GET /healthz` (the process lives), `GET /readyz` (it can
 * answer), `GET /metrics` (Prometheus), and every error as problem+json.
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
