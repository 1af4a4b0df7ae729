import { endsWithin } from "@platform/shared/clients/ends-within";
import { describeError } from "@platform/shared/errors/describe-error";
import { startHttpServer } from "@platform/shared/service/http-server";
import { createServiceApp, type ServiceAppOptions } from "@platform/shared/service/service-app";
import { Dashboard, type DashboardOptions } from "../dashboard/dashboard.ts";
import { RecentCalls } from "../dashboard/recent-calls.ts";
import { AsyncQueue } from "./async-queue.ts";
import { createMetrics } from "./metrics.ts";
import { addRoutes, type RouteOptions } from "./routes.ts";

/** What a gateway serves, and where. */
export interface GatewayServerOptions
  extends Omit<RouteOptions, "queue" | "answered" | "dashboard" | "say">,
    Pick<ServiceAppOptions, "log" | "ready" | "healthz">,
    Pick<DashboardOptions, "about" | "functionsFrom"> {
  /** Unset: every address. */
  host: string | undefined;
  port: number;
  /** How many asynchronous calls run at a time. */
  concurrency: number;
  /** How many milliseconds in-flight and queued calls may take after the end. */
  patience: number;
}

/** A gateway that listens. Disposing of it is a graceful shutdown: in-flight and queued calls finish, for a time. */
export interface StartedGatewayServer extends AsyncDisposable {
  url: string;
  /** Its sources stay open when the server is disposed of: functions may still write to them. */
  dashboard: Dashboard;
}

/** The server of both gateways: routes, dashboard, health, metrics; rejects when it cannot listen. */
export async function startGatewayServer(options: GatewayServerOptions): Promise<StartedGatewayServer> {
  const { functions, log, patience, ready, healthz } = options;
  const queue = new AsyncQueue({ concurrency: options.concurrency, capacity: 10_000 });
  const metrics = createMetrics(functions);
  const calls = new RecentCalls();
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
        queue,
        dashboard,
        say: (line) => log.warn(line),
        answered(call) {
          metrics.answered(call);
          calls.add(call);
        },
      }),
  });
  try {
    const server = await startHttpServer({ app, host: options.host, port: options.port, patience });
    return {
      url: server.url,
      dashboard,
      async [Symbol.asyncDispose]() {
        dashboard.hangUp();
        await endsWithin(patience, Promise.all([server[Symbol.asyncDispose](), queue.idle()]));
        if (queue.size > 0) log.warn({ calls: queue.size }, "asynchronous calls are given up");
      },
    };
  } catch (error) {
    dashboard.hangUp();
    throw error;
  }
}
