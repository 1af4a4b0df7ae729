import { notFound, problemHandler, sendProblem } from "@platform/shared/service/problem-response";
import express, { type Express } from "express";
import { addRoutes, type RouteOptions } from "../http/routes.ts";

/** What the local gateway's server needs. */
export interface ServerOptions extends RouteOptions {
  /** What `GET /` says, as plain text. */
  overview(): string;
}

/** The local gateway's express app. */
export function createServer(options: ServerOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  addRoutes(app, options);
  app.get("/healthz", (_request, response) => {
    const up = [...options.functions.values()].every(({ replicas }) => replicas.available > 0);
    if (!up) return sendProblem(response, 503, "starting", "Not every function is up yet.");
    response.type("text/plain").send("OK\n");
  });
  app.get("/", (_request, response) => {
    response.type("text/plain").send(options.overview());
  });
  app.use(notFound("gateway"));
  app.use(problemHandler("gateway", console.error));
  return app;
}
