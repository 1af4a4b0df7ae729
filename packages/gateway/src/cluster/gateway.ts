import { join } from "node:path";
import { endsWithin } from "@platform/shared/clients/ends-within";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { keepFresh } from "@platform/shared/service/keep-fresh";
import { createServiceApp } from "@platform/shared/service/service-app";
import manifest from "../../../../package.json" with { type: "json" };
import { Dashboard } from "../dashboard/dashboard.ts";
import { RecentCalls } from "../dashboard/recent-calls.ts";
import { sourcesOf } from "../dashboard/sources.ts";
import { AsyncQueue } from "../http/async-queue.ts";
import { basicAuth } from "../http/basic-auth.ts";
import { createMetrics } from "../http/metrics.ts";
import { addRoutes } from "../http/routes.ts";
import type { ClusterConfig } from "./config.ts";
import { functionsOfDeployments } from "./deployments.ts";
import { FunctionService } from "./function-service.ts";

/**
 * Starts the gateway of a cluster. It asks the Kubernetes API for the functions every so often; while that does not
 * answer, all stays as it is.
 */
export async function startClusterGateway(config: ClusterConfig, log: Logger): Promise<StartedHttpServer> {
  const { NAMESPACE: namespace, BASIC_AUTH_DIR: credentials } = config;
  const functions = new Map<string, FunctionService>();
  const queue = new AsyncQueue({ concurrency: 16, capacity: 10_000 });
  const metrics = createMetrics(functions);
  const calls = new RecentCalls();
  const dashboard = new Dashboard({
    functions,
    calls,
    about: { version: manifest.version, provider: "Kubernetes" },
    functionsFrom: { setting: "NAMESPACE", place: namespace },
    log: (error) => log.error({ error: describeError(error) }, "dashboard"),
  });
  dashboard.show(sourcesOf(config));
  let refreshed = false;

  async function refresh(): Promise<void> {
    const deployed = await functionsOfDeployments({
      namespace,
      url: config.KUBERNETES_URL,
      account: config.SERVICE_ACCOUNT_DIR,
    });
    const names = new Set(deployed.map(({ definition }) => definition.name));
    for (const name of functions.keys()) {
      if (!names.has(name)) {
        functions.delete(name);
        log.info({ function: name }, "is gone");
      }
    }
    for (const one of deployed) {
      const { name } = one.definition;
      const known = functions.get(name);
      known?.update(one);
      if (known !== undefined) continue;
      functions.set(name, new FunctionService(`${name}.${namespace}`, one));
      log.info({ function: name }, "is there");
    }
    refreshed = true;
  }

  const app = createServiceApp({
    name: "gateway",
    log,
    metrics: metrics.registry,
    ready: () => refreshed,
    routes: (routes) =>
      addRoutes(routes, {
        functions,
        namespace,
        queue,
        callbackHosts: config.CALLBACK_HOSTS,
        version: manifest.version,
        provider: { provider: "cluster-gateway", orchestration: "kubernetes" },
        readOnly: "The functions are the Deployments of deploy/components/functions; change those.",
        ...(credentials === undefined ? {} : { authenticate: basicAuth(credentials) }),
        answered(call) {
          metrics.answered(call);
          calls.add(call);
        },
        dashboard,
        publicFolder: join(__dirname, "public"),
        say: (line) => log.warn(line),
      }),
  });
  const server = await startHttpServer({
    app,
    host: config.HOST,
    port: config.PORT,
    patience: config.SHUTDOWN_TIMEOUT,
  });
  log.info({ url: server.url }, "listening");

  const fresh = keepFresh(refresh, config.REFRESH, log);

  return {
    ...server,
    async [Symbol.asyncDispose]() {
      dashboard.hangUp();
      const ends = [fresh.stop(), server[Symbol.asyncDispose](), queue.idle()];
      await endsWithin(config.SHUTDOWN_TIMEOUT, Promise.all(ends));
      if (queue.size > 0) log.warn({ calls: queue.size }, "asynchronous calls are given up");
      await dashboard.close();
    },
  };
}
