import { endsWithin } from "@platform/shared/clients/ends-within";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { createServiceApp } from "@platform/shared/service/service-app";
import manifest from "../package.json" with { type: "json" };
import { AsyncQueue } from "./async-queue.ts";
import { basicAuth } from "./basic-auth.ts";
import type { ClusterConfig } from "./cluster-config.ts";
import { functionsOfDeployments } from "./deployments.ts";
import { FunctionService } from "./function-service.ts";
import { createMetrics } from "./metrics.ts";
import { addRoutes } from "./routes.ts";

/**
 * Starts the gateway of a cluster. It asks the Kubernetes API for the functions every so often; while that does not
 * answer, all stays as it is.
 */
export async function startClusterGateway(config: ClusterConfig, log: Logger): Promise<StartedHttpServer> {
  const { NAMESPACE: namespace, BASIC_AUTH_DIR: credentials } = config;
  const functions = new Map<string, FunctionService>();
  const queue = new AsyncQueue({ concurrency: 16, capacity: 10_000 });
  const metrics = createMetrics(functions);
  let refreshed = false;
  let stopping = false;

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
        answered: metrics.answered,
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

  let timer: NodeJS.Timeout | undefined;
  async function keepFresh(): Promise<void> {
    try {
      await refresh();
    } catch (error) {
      log.warn({ error: describeError(error) }, "refresh failed, all stays as it is");
    }
    if (!stopping) timer = setTimeout(keepFresh, config.REFRESH);
  }
  void keepFresh();

  return {
    ...server,
    async [Symbol.asyncDispose]() {
      stopping = true;
      clearTimeout(timer);
      await endsWithin(config.SHUTDOWN_TIMEOUT, Promise.all([server[Symbol.asyncDispose](), queue.idle()]));
      if (queue.size > 0) log.warn({ calls: queue.size }, "asynchronous calls are given up");
    },
  };
}
