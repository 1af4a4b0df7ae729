import { PlatformError } from "@platform/shared/errors/platform-error";
import express, { type ErrorRequestHandler, type Express } from "express";
import { type AsyncRouteOptions, asyncRoute } from "./async-route.ts";
import { functionRoute } from "./function-route.ts";
import { sendError, sendProblem } from "./problem-response.ts";
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
  app.use((_request, response) => sendProblem(response, 404, "not_found", "The gateway has nothing here."));
  app.use(toProblem);
  return app;
}

/** An error of a route's, or what express or a body parser refused: its status, and never its HTML page. */
const toProblem: ErrorRequestHandler = (error: { status?: number }, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof PlatformError) return sendError(response, error);
  if (error.status === 413) return sendProblem(response, 413, "body_too_large", "The body is too large.");
  if (error.status !== undefined && error.status < 500) {
    return sendProblem(response, 400, "bad_request", "The request is malformed.");
  }
  console.error(error);
  sendProblem(response, 500, "internal_error", "The gateway failed; its log says why.");
};
