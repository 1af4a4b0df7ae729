import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { settlesWithin } from "@platform/shared/clients/settles-within";
import { describeError } from "@platform/shared/errors/describe-error";
import { startHttpServer } from "@platform/shared/service/http-server";
import { createServiceApp, type ServiceAppOptions } from "@platform/shared/service/service-app";
import type { OpenQueue } from "../async/call-queue.ts";
import { createCallRunner } from "../async/run-call.ts";
import type { ConsoleServices } from "../console/console-services.ts";
import { AsyncCalls } from "../console/functions/async-calls.ts";
import { CallHistory } from "../console/functions/call-history.ts";
import type { CallKind } from "../console/functions/view.ts";
import { LiveView, type LiveViewOptions } from "../console/live/live-view.ts";
import { CallCounts } from "./call-counts.ts";
import { callableFunction, invoke } from "./function-route.ts";
import { type AnsweredCall, createMetrics, type GatewayMetrics } from "./metrics.ts";
import { addRoutes, type RouteOptions } from "./routes.ts";
import type { FunctionCall } from "./send-call.ts";

/** Options of a gateway's server. */
export interface GatewayServerOptions
  extends Omit<
      RouteOptions,
      | "queue"
      | "answered"
      | "accepted"
      | "asyncCalls"
      | "history"
      | "live"
      | "services"
      | "ending"
      | "callCounts"
    >,
    Pick<ServiceAppOptions, "log" | "ready" | "healthz">,
    Pick<LiveViewOptions, "about" | "functionSource"> {
  /** Unset: every address. */
  host: string | undefined;
  port: number;
  /** Counts the calls of functions, for scaling; unset: the server's own. */
  callCounts?: CallCounts;
  /** Opens the queue of asynchronous calls. */
  openQueue: OpenQueue;
  /** The time limit of a graceful shutdown, in milliseconds. */
  shutdownTimeoutMs: number;
}

/** A listening gateway. Disposal is a graceful shutdown: calls in flight finish within a time limit. */
export interface StartedGatewayServer extends AsyncDisposable {
  url: string;
  /** Starts to process asynchronous calls of earlier runs. Call it once, after the functions are known. */
  beginQueue(): void;
  /** Makes a scheduled call of a function by its called name, and records it in metrics and views. */
  call(calledName: string, call: FunctionCall): Promise<IncomingMessage>;
  metrics: Pick<GatewayMetrics, "scheduled" | "scaled">;
  /** Shows these services in the console. They stay open after disposal of the server, because functions may still write to them. */
  showServices(services: ConsoleServices): void;
  /** Whether a page of the console is open. */
  isWatched(): boolean;
}

/** Starts the server of both gateways with routes, console, health and metrics. Rejects when it cannot listen. */
export async function startGatewayServer(options: GatewayServerOptions): Promise<StartedGatewayServer> {
  const { functions, log, shutdownTimeoutMs, ready, healthz, callCounts = new CallCounts() } = options;
  const metrics = createMetrics(functions, callCounts, () => queue.length());
  const history = new CallHistory();
  const asyncCalls = new AsyncCalls();
  const recordAnswer = (kind: CallKind) => (call: AnsweredCall) => {
    metrics.answered(call);
    history.add({ ...call, kind });
  };
  const ending = new AbortController();
  const abandoned = new AbortController();
  setMaxListeners(0, abandoned.signal); // each call in flight adds a listener
  const { callbackEnded, beginInflightWait } = metrics;
  const runCall = createCallRunner({
    ...options,
    callCounts,
    answered: recordAnswer("async"),
    observer: asyncCalls,
    callbackEnded,
    beginInflightWait,
    signal: abandoned.signal,
  });
  const queue = options.openQueue(runCall);
  const live = new LiveView({
    functions,
    history,
    about: options.about,
    functionSource: options.functionSource,
    log: (error) => log.error({ error: describeError(error) }, "console"),
  });
  let services: ConsoleServices | undefined;
  const app = createServiceApp({
    name: "gateway",
    log,
    metrics: metrics.registry,
    ...(options.authenticates === "all" ? { authenticateScrapes: options.authenticate } : {}),
    ready,
    ...(healthz === undefined ? {} : { healthz }),
    routes: (routes) =>
      addRoutes(routes, {
        ...options,
        callCounts,
        queue,
        live,
        services: () => services,
        history,
        asyncCalls,
        answered: recordAnswer("sync"),
        accepted(call) {
          metrics.accepted(call.name);
          asyncCalls.accepted(call);
        },
        ending: ending.signal,
      }),
  });
  try {
    const server = await startHttpServer({
      app,
      host: options.host,
      port: options.port,
      shutdownTimeoutMs,
    });
    return {
      url: server.url,
      showServices(opened) {
        services = opened;
        live.show(opened.sources);
      },
      isWatched: () => live.isWatched,
      metrics,
      beginQueue: () => queue.begin(),
      call: async (name, call) =>
        invoke(
          { ...options, callCounts, answered: recordAnswer("scheduled") },
          callableFunction(functions, name),
          call,
        ),
      async [Symbol.asyncDispose]() {
        ending.abort();
        live.closeStreams();
        const ended = Promise.all([server[Symbol.asyncDispose](), queue[Symbol.asyncDispose]()]);
        if (await settlesWithin(shutdownTimeoutMs, ended)) return;
        abandoned.abort();
        log.warn({ calls: queue.length() }, "async_calls_left");
      },
    };
  } catch (error) {
    live.closeStreams();
    throw error;
  }
}
