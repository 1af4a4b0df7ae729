import { join } from "node:path";
import { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import type { Logger } from "@platform/shared/log/logger";
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
import type { FunctionService } from "./function-service.ts";
import { watchFunctions } from "./watch-functions.ts";

/**
 * Starts the gateway of a cluster. It follows the functions by watches of the Kubernetes API; while that does not answer, all
 * stays as it is.
 */
export async function startClusterGateway(config: ClusterConfig, log: Logger): Promise<AsyncDisposable> {
  const { BASIC_AUTH_DIR: credentials } = config;
  const namespaces = [config.NAMESPACE] as const;
  const [namespace] = namespaces;
  const functions = new FunctionCatalog<FunctionService>(namespace);
  const callCounts = new CallCounts();
  let isReady = false;

  const server = await startGatewayServer({
    host: config.HOST,
    port: config.PORT,
    patience: config.SHUTDOWN_TIMEOUT,
    openQueue: queueOf(config, log),
    functions,
    callCounts,
    callbackHosts: config.CALLBACK_HOSTS,
    corsOrigins: config.CORS_ORIGINS,
    version: manifest.version,
    provider: { provider: "cluster-gateway", orchestration: "kubernetes" },
    readOnly: "The functions are the Deployments of deploy/components/functions; change those.",
    logsElsewhere: `This gateway keeps no logs; kubectl logs -n ${namespace} deployment/NAME has them.`,
    ...(credentials === undefined ? {} : { authenticate: basicAuth(credentials) }),
    about: { version: manifest.version, provider: "Kubernetes" },
    functionsFrom: { setting: "NAMESPACE", place: namespace },
    publicFolder: join(__dirname, "public"),
    ready: () => isReady,
    log,
  });
  server.dashboard.show(sourcesOf(config));
  log.info({ url: server.url }, "listening");
  const client = new KubernetesClient({ url: config.KUBERNETES_URL, account: config.SERVICE_ACCOUNT_DIR });
  const watch = watchFunctions({
    client,
    namespaces,
    functions,
    patienceMs: config.WAKE_TIMEOUT,
    log,
    listed() {
      isReady = true;
      server.beginQueue();
    },
    removed: (name) => callCounts.forget(name),
  });
  return {
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose](); // Calls that wait for a pod need the watch.
      await watch[Symbol.asyncDispose]();
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
