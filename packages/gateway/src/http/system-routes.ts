import { buildInfo } from "@platform/shared/build-info";
import { Router } from "express";
import { type LogsRouteOptions, logsRoute } from "./logs-route.ts";
import type { ChangeOptions } from "./system/changes.ts";
import { addFunctionRoutes } from "./system/function-routes.ts";
import { methodNotAllowed } from "./system/method-not-allowed.ts";
import { addNamespaceRoutes } from "./system/namespace-routes.ts";
import { addSecretRoutes } from "./system/secret-routes.ts";

/** Options of systemRoutes. */
export interface SystemRouteOptions extends LogsRouteOptions, ChangeOptions {
  version: string;
  /** The provider of functions in the output of `faas-cli version`. */
  providerInfo: { provider: string; orchestration: string };
}

/** `/system/…`: the API of faas-cli. */
export function systemRoutes(options: SystemRouteOptions): Router {
  const router = Router();
  addFunctionRoutes(router, options);
  addSecretRoutes(router, options);
  addNamespaceRoutes(router, options);
  router
    .route("/logs")
    .get(logsRoute(options))
    .all(methodNotAllowed(options, ["GET", "HEAD"]));
  router
    .route("/info")
    .get((_request, response) => {
      const version = { release: options.version, sha: buildInfo.commit };
      response.json({ arch: process.arch, provider: { ...options.providerInfo, version }, version });
    })
    .all(methodNotAllowed(options, ["GET", "HEAD"]));
  return router;
}
