import { notFound, sendProblem } from "@platform/shared/service/problem-response";
import { Router } from "express";
import type { FunctionProvider } from "./function-provider.ts";
import type { FunctionRouteOptions } from "./function-route.ts";
import type { FunctionTarget } from "./function-target.ts";
import { type LogsRouteOptions, logsRoute } from "./logs-route.ts";

/** What `/system` tells. */
export interface SystemRouteOptions extends FunctionRouteOptions, LogsRouteOptions {
  version: string;
  /** What runs the functions, as `faas-cli version` shows it. */
  providerInfo: { provider: string; orchestration: string };
  /** What changes functions; unset: they cannot be changed. */
  provider?: FunctionProvider | undefined;
  /** The sentence for those who want to change something: where the functions come from. */
  readOnly: string;
}

/** `/system/…`: what faas-cli asks a gateway for. Read only. */
export function systemRoutes(options: SystemRouteOptions): Router {
  const { functions, ...about } = options;
  const router = Router();
  const version = { release: about.version, sha: "" };
  router.get("/functions", (_request, response) => {
    response.json(functions.values().map((target) => statusOf(target, functions.namespaceOf(target))));
  });
  router.get("/function/:name", (request, response) => {
    const target = functions.find(request.params.name);
    response.json(statusOf(target, functions.namespaceOf(target)));
  });
  router.get("/logs", logsRoute(options));
  router.get("/info", (_request, response) => {
    response.json({ arch: process.arch, provider: { ...about.providerInfo, version }, version });
  });
  router.get("/namespaces", (_request, response) => {
    const named = functions.values().map((target) => functions.namespaceOf(target));
    response.json([...new Set([functions.defaultNamespace, ...named])]);
  });
  router.use((request, response, next) => {
    if (/^\/(functions?|logs|scale-function|secrets)\b/.test(request.path)) {
      return sendProblem(response, 405, "method_not_allowed", about.readOnly, { allow: "GET" });
    }
    notFound(request, response, next);
  });
  return router;
}

/** A function as OpenFaaS's API describes it. Its environment is left out: it may hold passwords. */
function statusOf({ definition, replicas, invocations, createdAt }: FunctionTarget, namespace: string) {
  const { name, image, labels, annotations, secrets, requests, limits } = definition;
  return {
    name,
    namespace,
    image,
    labels,
    annotations,
    secrets,
    requests,
    limits,
    replicas: replicas.wanted,
    availableReplicas: replicas.available,
    invocationCount: invocations,
    createdAt: createdAt.toISOString(),
  };
}
