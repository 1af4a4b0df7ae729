import type { Express, RequestHandler } from "express";
import { type AsyncRouteOptions, asyncRoute } from "./async-route.ts";
import { functionRoute } from "./function-route.ts";
import { type SystemRouteOptions, systemRoutes } from "./system-routes.ts";

/** What a gateway's routes need. */
export interface RouteOptions extends AsyncRouteOptions, SystemRouteOptions {
  /** Lets calls of /system pass, or answers them itself; unset: all pass. */
  authenticate?: RequestHandler;
}

/** The routes of OpenFaaS's gateway that functions, curl, NiFi, the connector and faas-cli use. */
export function addRoutes(app: Express, options: RouteOptions): void {
  app.use("/function", functionRoute(options));
  app.use("/async-function", asyncRoute(options));
  if (options.authenticate !== undefined) app.use("/system", options.authenticate);
  app.use("/system", systemRoutes(options));
}
