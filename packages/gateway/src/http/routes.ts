import type { Express, RequestHandler } from "express";
import { type DashboardRouteOptions, dashboardRoutes } from "../dashboard/dashboard-routes.ts";
import { type AsyncRouteOptions, asyncRoute } from "./async-route.ts";
import { type CorsOrigins, cors } from "./cors.ts";
import { functionRoute } from "./function-route.ts";
import { type SystemRouteOptions, systemRoutes } from "./system-routes.ts";
import { traceRequest } from "./trace-request.ts";

/** What a gateway's routes need. */
export interface RouteOptions extends AsyncRouteOptions, SystemRouteOptions, DashboardRouteOptions {
  /** Origins whose pages may call functions; unset: none. */
  corsOrigins?: CorsOrigins | undefined;
  /** Lets calls of /system and /ui pass, or answers them itself; unset: all pass. */
  authenticate?: RequestHandler;
  /** What `GET /` answers to curl; unset: 404. */
  overview?: (() => string) | undefined;
}

/** The routes of OpenFaaS's gateway that functions, curl, NiFi, the connector and faas-cli use, and the dashboard. */
export function addRoutes(app: Express, options: RouteOptions): void {
  if (options.corsOrigins !== undefined) app.use(["/function", "/async-function"], cors(options.corsOrigins));
  app.use("/function", traceRequest("/function/{name}"), functionRoute(options));
  app.use("/async-function", traceRequest("/async-function/{name}"), asyncRoute(options));
  if (options.authenticate !== undefined) app.use(["/system", "/ui"], options.authenticate);
  app.use("/system", systemRoutes(options));
  app.use("/ui", dashboardRoutes(options));
  app.get("/", (request, response, next) => {
    if (request.accepts("text/plain", "text/html") === "text/html") return response.redirect("/ui/");
    if (options.overview === undefined) return next();
    response.type("text/plain").send(options.overview());
  });
}
