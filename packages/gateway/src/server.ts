import { notFound, problemHandler, sendProblem } from "@platform/shared/service/problem-response";
import express, { type Express } from "express";
import { type AsyncRouteOptions, asyncRoute } from "./async-route.ts";
import { functionRoute } from "./function-route.ts";
import { systemRoutes } from "./system-routes.ts";

/** What the gateway's server needs. */
export interface ServerOptions extends AsyncRouteOptions {
  version: string;
  /** What `GET /` says, as plain text. */
  overview(): string;
}

/** The gateway: the routes of OpenFaaS's that functions, curl, NiFi and faas-cli use. */
export function createServer(options: ServerOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use("/function", functionRoute(options.functions));
  app.use("/async-function", asyncRoute(options));
  app.use("/system", systemRoutes(options.functions, options.version));
  app.get("/healthz", (_request, response) => {
    const up = [...options.functions.values()].every(({ ready }) => ready);
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
