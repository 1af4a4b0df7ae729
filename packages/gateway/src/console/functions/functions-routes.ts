import { UnknownQueryParameterError } from "@platform/shared/errors/request-errors";
import { type Request, type RequestHandler, Router } from "express";
import * as v from "valibot";
import type { FunctionTarget } from "../../http/function-target.ts";
import { type Change, type ChangeOptions, changeRoute } from "../../http/system/changes.ts";
import { bodyObject, describeInvalidValue, parseBody, readJson } from "../../http/system/request-body.ts";
import { ReadOnlyError } from "../../http/system/system-errors.ts";
import { handle } from "../handle-request.ts";
import type { AsyncCalls } from "./async-calls.ts";
import { readCallLog } from "./call-log.ts";
import { type FunctionDetailOptions, functionDetail, functionSummaries } from "./function-detail.ts";
import { CallNotFoundError, LogLateError } from "./functions-errors.ts";
import type { FunctionCalls } from "./view.ts";

/** Options of functionsRoutes. */
export interface FunctionsRouteOptions extends FunctionDetailOptions, ChangeOptions {
  asyncCalls: AsyncCalls;
  /** The timeout of reading the log of a call; unset: five seconds. */
  logTimeoutMs?: number;
}

const maxReplicas = 1_000;
const scaleBody = bodyObject({
  replicas: v.pipe(
    v.number("must be a whole number"),
    v.check(
      (count) => Number.isInteger(count) && count >= 0 && count <= maxReplicas,
      describeInvalidValue(`must be a whole number from 0 to ${maxReplicas}`),
    ),
  ),
});

/** `/ui/api/functions/…`: the functions, their calls, and their scaling. */
export function functionsRoutes(options: FunctionsRouteOptions): Router {
  const { functions, history, asyncCalls, logTimeoutMs = 5_000 } = options;
  const router = Router();
  const find = ({ params }: Request) => functions.find(params.name ?? "");

  router.get(
    "/",
    answer(() => functionSummaries(options)),
  );
  router.get(
    "/:name",
    answer((request) => functionDetail(options, find(request))),
  );
  router.get(
    "/:name/calls",
    answer((request) => listCalls(functions.calledName(find(request)))),
  );
  router.get(
    "/:name/calls/:id/log",
    answer((request, signal) => readLog(find(request), request, signal)),
  );
  router.get(
    "/:name/async-calls",
    answer((request) => asyncCalls.list(functions.calledName(find(request)))),
  );
  router.get(
    "/:name/async-calls/:id",
    answer((request) => findAsyncCall(find(request), request)),
  );
  router.post(
    "/:name/scale",
    changeRoute(
      options,
      { done: "function_scaled", refused: "function_scaling_refused" },
      (change) => scale(options, change),
      // guardChanges checks cross-site changes of the console's API.
      async ({ provider, readOnly }) => {
        if (provider === undefined) throw new ReadOnlyError({ sentence: readOnly });
        return provider;
      },
    ),
  );

  function listCalls(name: string): FunctionCalls {
    return { since: history.since, minutes: history.readMinutes(name), calls: history.readCalls(name) };
  }

  function findAsyncCall(target: FunctionTarget, { params: { id: callId = "" } }: Request) {
    const name = functions.calledName(target);
    const call = asyncCalls.find(name, callId);
    if (call === undefined)
      throw new CallNotFoundError({ name, callId, retained: "the last 100 asynchronous calls" });
    return call;
  }

  function readLog(target: FunctionTarget, { params: { id: callId = "" } }: Request, hungUp: AbortSignal) {
    const name = functions.calledName(target);
    const call = history.find(name, callId);
    if (call === undefined)
      throw new CallNotFoundError({ name, callId, retained: "the last 100 calls of each function" });
    const late = AbortSignal.timeout(logTimeoutMs);
    return readCallLog(target, call, AbortSignal.any([hungUp, late])).catch((error: unknown) => {
      throw late.aborted ? new LogLateError({ name, seconds: logTimeoutMs / 1_000, cause: error }) : error;
    });
  }

  return router;
}

/** Answers with JSON. The paths have no query parameters. */
function answer(read: (request: Request, signal: AbortSignal) => unknown): RequestHandler {
  return (request, response, next) =>
    handle(response, next, async (signal) => {
      const [parameter] = Object.keys(request.query);
      if (parameter !== undefined) throw new UnknownQueryParameterError({ parameter, allowed: [] });
      const body = await read(request, signal);
      if (!signal.aborted) response.set("cache-control", "no-store").json(body);
    });
}

async function scale(
  { functions }: FunctionsRouteOptions,
  { request, response, provider, facts }: Change,
): Promise<void> {
  Object.assign(facts, { function: request.params.name });
  const target = functions.find(request.params.name ?? "");
  const { replicas } = parseBody(scaleBody, await readJson(request, response));
  const key = { name: target.definition.name, namespace: functions.readNamespace(target) };
  Object.assign(facts, { function: key.name, namespace: key.namespace, replicas });
  await provider.scale(key, replicas);
  response.status(202).json({ replicas });
}
