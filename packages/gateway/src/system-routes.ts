import { sendProblem } from "@platform/shared/service/problem-response";
import { Router } from "express";
import { FunctionNotFoundError } from "./errors.ts";
import type { FunctionProcess } from "./function-process.ts";
import type { Functions } from "./function-route.ts";

/** The one namespace, OpenFaaS's default name for it. */
const namespace = "openfaas-fn";

/** `/system/…`: what faas-cli asks a gateway for. Read only: the functions are those of the stack file. */
export function systemRoutes(functions: Functions, version: string): Router {
  const router = Router();
  router.get("/functions", (_request, response) => {
    response.json([...functions.values()].map(statusOf));
  });
  router.get("/function/:name", (request, response) => {
    const target = functions.get(request.params.name);
    if (target === undefined) throw new FunctionNotFoundError({ names: functions.keys() });
    response.json(statusOf(target));
  });
  router.get("/info", (_request, response) => {
    response.json({
      arch: process.arch,
      provider: {
        provider: "local-gateway",
        orchestration: "processes",
        version: { release: version, sha: "" },
      },
      version: { release: version, sha: "" },
    });
  });
  router.get("/namespaces", (_request, response) => {
    response.json([namespace]);
  });
  router.use((request, response) => {
    if (/^\/(functions?|scale-function|secrets)\b/.test(request.path)) {
      const detail = "The functions are those of the stack file; change that and start the gateway again.";
      return sendProblem(response, 405, "method_not_allowed", detail, { allow: "GET" });
    }
    sendProblem(response, 404, "not_found", "The gateway has nothing here.");
  });
  return router;
}

/** A function as OpenFaaS's API describes it. Its environment is left out: it may hold passwords. */
function statusOf({ definition, ready, invocations, createdAt }: FunctionProcess) {
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
    replicas: 1,
    availableReplicas: ready ? 1 : 0,
    invocationCount: invocations,
    createdAt: createdAt.toISOString(),
  };
}
