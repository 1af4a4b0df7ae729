import { join } from "node:path";
import { endsWithin } from "@platform/shared/clients/ends-within";
import { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import type { Logger } from "@platform/shared/log/logger";
import { keepFresh } from "@platform/shared/service/keep-fresh";
import manifest from "../../../../package.json" with { type: "json" };
import type { OpenQueue } from "../async/call-queue.ts";
import { createClosedQueue } from "../async/closed-queue.ts";
import { createMemoryQueue } from "../async/memory-queue.ts";
import { createTopicQueue } from "../async/topic-queue.ts";
import { sourcesOf } from "../dashboard/sources.ts";
import { basicAuth } from "../http/basic-auth.ts";
import { CallCounts } from "../http/call-counts.ts";
import { FunctionCatalog } from "../http/function-catalog.ts";
import { startGatewayServer } from "../http/gateway-server.ts";
import type { ClusterConfig } from "./config.ts";
import { functionsOfDeployments } from "./deployments.ts";
import { FunctionService } from "./function-service.ts";
import { startScaling } from "./scaling/start-scaling.ts";

/**
 * Starts the gateway of a cluster. It asks the Kubernetes API for the functions every so often; while that does not
 * answer, all stays as it is.
 */
export async function startClusterGateway(config: ClusterConfig, log: Logger): Promise<AsyncDisposable> {
  const { NAMESPACE: namespace, BASIC_AUTH_DIR: credentials } = config;
  const functions = new FunctionCatalog<FunctionService>(namespace);
  const callCounts = new CallCounts();
  let refreshed = false;

  async function refresh(): Promise<void> {
    const deployed = await functionsOfDeployments({
      namespace,
      url: config.KUBERNETES_URL,
      account: config.SERVICE_ACCOUNT_DIR,
    });
    const names = new Set(deployed.map(({ definition }) => definition.name));
    for (const target of functions.values()) {
      const { name } = target.definition;
      if (!names.has(name)) {
        functions.delete(target);
        log.info({ function: name }, "is gone");
      }
    }
    for (const one of deployed) {
      const { name } = one.definition;
      const known = functions.get(name);
      known?.update(one);
      if (known !== undefined) continue;
      functions.set(new FunctionService(`${name}.${namespace}`, one));
      log.info({ function: name }, "is there");
    }
    if (!refreshed) server.beginQueue();
    refreshed = true;
  }

  const server = await startGatewayServer({
    host: config.HOST,
    port: config.PORT,
    patience: config.SHUTDOWN_TIMEOUT,
    openQueue: queueOf(config, log),
    functions,
    allowedImages: config.ALLOWED_IMAGES,
    callbackHosts: config.CALLBACK_HOSTS,
    corsOrigins: config.CORS_ORIGINS,
    version: manifest.version,
    providerInfo: { provider: "cluster-gateway", orchestration: "kubernetes" },
    readOnly: "The functions are the Deployments of deploy/components/functions; change those.",
    logsElsewhere: `This gateway keeps no logs; kubectl logs -n ${namespace} deployment/NAME has them.`,
    ...(credentials === undefined ? {} : { authenticate: basicAuth({ folder: credentials, log }) }),
    about: { version: manifest.version, provider: "Kubernetes" },
    functionsFrom: { setting: "NAMESPACE", place: namespace },
    publicFolder: join(__dirname, "public"),
    ready: () => refreshed,
    log,
  });
  server.dashboard.show(sourcesOf(config));
  log.info({ url: server.url }, "listening");
  const client = new KubernetesClient({ url: config.KUBERNETES_URL, account: config.SERVICE_ACCOUNT_DIR });
  const fresh = keepFresh(refresh, config.REFRESH, log);
  const scaling = config.READ_ONLY
    ? undefined
    : startScaling({
        client,
        namespace: config.NAMESPACE,
        functions,
        counts: callCounts,
        server,
        scaleDownWindowMs: config.SCALE_DOWN_WINDOW,
        patience: config.SHUTDOWN_TIMEOUT,
        log,
      });
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([
        server[Symbol.asyncDispose](),
        scaling?.stopLeading(),
        endsWithin(config.SHUTDOWN_TIMEOUT, fresh[Symbol.asyncDispose]()),
      ]);
      await scaling?.[Symbol.asyncDispose](); // Calls in flight keep functions from being scaled down.
      client[Symbol.dispose]();
      await server.dashboard.close();
    },
  };
}

/** Where asynchronous calls wait, as the settings say. */
function queueOf(config: ClusterConfig, log: Logger): OpenQueue {
  const { ASYNC_QUEUE: kind, ASYNC_TOPIC: topic, KAFKA_BROKERS: brokers } = config;
  if (kind === "memory") return (run) => createMemoryQueue(run, { concurrency: 16 });
  if (brokers === undefined) return createClosedQueue;
  return (run) => createTopicQueue(run, { config, topic, log });
}
