import type { Express, RequestHandler } from "express";
import { type ConsoleRouteOptions, consoleRoutes } from "../console/console-routes.ts";
import { type AsyncRouteOptions, asyncRoute } from "./async-route.ts";
import { type CorsOrigins, cors } from "./cors.ts";
import { functionRoute } from "./function-route.ts";
import { type SystemRouteOptions, systemRoutes } from "./system-routes.ts";
import { traceRequest } from "./trace-request.ts";

/** Options of a gateway's routes. */
export interface RouteOptions extends AsyncRouteOptions, SystemRouteOptions, ConsoleRouteOptions {
  /** Origins whose pages may call functions; unset: none. */
  corsOrigins?: CorsOrigins | undefined;
  /** Middleware that accepts requests or answers them itself; unset: accepts all. */
  authenticate?: RequestHandler | undefined;
  /** The protected paths: /system and /ui, or everything except calls of functions, /openapi.json, /healthz and /readyz. */
  authenticates: "console" | "all";
  /** The answer of `GET /` to curl; unset: 404. */
  overview?: (() => string) | undefined;
}

/** Creates the routes of OpenFaaS's gateway that functions, curl, NiFi, the connector and faas-cli use, and the console. */
export function addRoutes(app: Express, options: RouteOptions): void {
  if (options.corsOrigins !== undefined) app.use(["/function", "/async-function"], cors(options.corsOrigins));
  app.use("/function", traceRequest("/function/{name}"), functionRoute(options));
  app.use("/async-function", traceRequest("/async-function/{name}"), asyncRoute(options));
  const { authenticate, authenticates, publicFolder } = options;
  app.get("/openapi.json", (_request, response) => response.sendFile("openapi.json", { root: publicFolder }));
  if (authenticate !== undefined) app.use(authenticates === "all" ? "/" : ["/system", "/ui"], authenticate);
  app.use("/system", systemRoutes(options));
  app.use("/ui", consoleRoutes(options));
  app.get("/", (request, response, next) => {
    if (request.accepts("text/plain", "text/html") === "text/html") return response.redirect("/ui/");
    if (options.overview === undefined) return next();
    response.type("text/plain").send(options.overview());
  });
}
