import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { endsWithin } from "@platform/shared/clients/ends-within";
import { describeError } from "@platform/shared/errors/describe-error";
import { startHttpServer } from "@platform/shared/service/http-server";
import { createServiceApp, type ServiceAppOptions } from "@platform/shared/service/service-app";
import type { OpenQueue } from "../async/call-queue.ts";
import { createCallRunner } from "../async/run-call.ts";
import { Dashboard, type DashboardOptions } from "../dashboard/dashboard.ts";
import { RecentCalls } from "../dashboard/recent-calls.ts";
import { CallCounts } from "./call-counts.ts";
import { callableFunction, invoke } from "./function-route.ts";
import { type AnsweredCall, createMetrics, type GatewayMetrics } from "./metrics.ts";
import { addRoutes, type RouteOptions } from "./routes.ts";
import type { FunctionCall } from "./send-call.ts";

/** What a gateway serves, and where. */
export interface GatewayServerOptions
  extends Omit<RouteOptions, "queue" | "answered" | "accepted" | "dashboard" | "ending" | "callCounts">,
    Pick<ServiceAppOptions, "log" | "ready" | "healthz">,
    Pick<DashboardOptions, "about" | "functionsFrom"> {
  /** Unset: every address. */
  host: string | undefined;
  port: number;
  /** Counts the calls of functions, for scaling; unset: the server's own. */
  callCounts?: CallCounts;
  /** Where asynchronous calls wait. */
  openQueue: OpenQueue;
  /** How many milliseconds in-flight calls may take after the end. */
  patience: number;
}

/** A gateway that listens. Disposing of it is a graceful shutdown: in-flight calls finish, for a time. */
export interface StartedGatewayServer extends AsyncDisposable {
  url: string;
  /** Begins to work off the asynchronous calls that wait from before; called once, when the functions are known. */
  beginQueue(): void;
  /** Calls a function by its called name as `/function/` does: it counts in metrics and views. */
  call(calledName: string, call: FunctionCall): Promise<IncomingMessage>;
  metrics: Pick<GatewayMetrics, "scheduled" | "scaled">;
  /** Its sources stay open when the server is disposed of: functions may still write to them. */
  dashboard: Dashboard;
}

/** The server of both gateways: routes, dashboard, health, metrics; rejects when it cannot listen. */
export async function startGatewayServer(options: GatewayServerOptions): Promise<StartedGatewayServer> {
  const { functions, log, patience, ready, healthz, callCounts = new CallCounts() } = options;
  const metrics = createMetrics(functions, callCounts, () => queue.length());
  const calls = new RecentCalls();
  const answered = (call: AnsweredCall) => {
    metrics.answered(call);
    calls.add(call);
  };
  const ending = new AbortController();
  const abandoned = new AbortController();
  setMaxListeners(0, abandoned.signal); // each call in flight listens
  const { callbackEnded, beginInflightWait } = metrics;
  const runCall = createCallRunner({
    ...options,
    callCounts,
    answered,
    callbackEnded,
    beginInflightWait,
    signal: abandoned.signal,
  });
  const queue = options.openQueue(runCall);
  const dashboard = new Dashboard({
    functions,
    calls,
    about: options.about,
    functionsFrom: options.functionsFrom,
    log: (error) => log.error({ error: describeError(error) }, "dashboard"),
  });
  const app = createServiceApp({
    name: "gateway",
    log,
    metrics: metrics.registry,
    ready,
    ...(healthz === undefined ? {} : { healthz }),
    routes: (routes) =>
      addRoutes(routes, {
        ...options,
        callCounts,
        queue,
        dashboard,
        answered,
        accepted: metrics.accepted,
        ending: ending.signal,
      }),
  });
  try {
    const server = await startHttpServer({ app, host: options.host, port: options.port, patience });
    return {
      url: server.url,
      dashboard,
      metrics,
      beginQueue: () => queue.begin(),
      call: async (name, call) =>
        invoke({ ...options, callCounts, answered }, callableFunction(functions, name), call),
      async [Symbol.asyncDispose]() {
        ending.abort();
        dashboard.hangUp();
        const ended = Promise.all([server[Symbol.asyncDispose](), queue[Symbol.asyncDispose]()]);
        if (await endsWithin(patience, ended)) return;
        abandoned.abort();
        log.warn({ calls: queue.length() }, "async_calls_left");
      },
    };
  } catch (error) {
    dashboard.hangUp();
    throw error;
  }
}
