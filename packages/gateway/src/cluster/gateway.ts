import { join } from "node:path";
import { toHost } from "@platform/shared/clients/peer-error";
import { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import type { Logger } from "@platform/shared/log/logger";
import { refreshPeriodically } from "@platform/shared/service/refresh-periodically";
import manifest from "../../../../package.json" with { type: "json" };
import type { OpenQueue } from "../async/call-queue.ts";
import { createClosedQueue } from "../async/closed-queue.ts";
import { createMemoryQueue } from "../async/memory-queue.ts";
import { createTopicQueue } from "../async/topic-queue.ts";
import { openConsoleServices } from "../console/console-services.ts";
import { basicAuth } from "../http/basic-auth.ts";
import { CallCounts } from "../http/call-counts.ts";
import { FunctionCatalog } from "../http/function-catalog.ts";
import { startGatewayServer } from "../http/gateway-server.ts";
import type { ClusterConfig } from "./config.ts";
import type { FunctionService } from "./function-service.ts";
import { createProvider } from "./provider/create-provider.ts";
import { startScaling } from "./scaling/start-scaling.ts";
import { watchFunctions } from "./watch-functions.ts";

/** The interval of listing namespaces of functions beyond the settings, in milliseconds. */
const namespacesMs = 10_000;

/**
 * Starts the gateway of a cluster. It follows the functions by watches of the Kubernetes API. During an outage of the API, it keeps
 * the last known state.
 */
export async function startClusterGateway(config: ClusterConfig, log: Logger): Promise<AsyncDisposable> {
  const { BASIC_AUTH_DIR: credentials, KUBERNETES_URL: url } = config;
  const namespaces = config.FUNCTION_NAMESPACES ?? [config.NAMESPACE];
  const functions = new FunctionCatalog<FunctionService>(namespaces[0]!, [], namespaces.slice(1));
  const callCounts = new CallCounts();
  const client = new KubernetesClient({ url, account: config.SERVICE_ACCOUNT_DIR });
  const provider = createProvider({
    client,
    config,
    namespaces,
    names: () => functions.names(),
    namespacesListed: (names) => watch.setNamespaces(names),
    log,
  });
  let isReady = false;

  const server = await startGatewayServer({
    host: config.HOST,
    port: config.PORT,
    shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT,
    openQueue: createQueue(config, log),
    functions,
    callCounts,
    allowedImages: config.ALLOWED_IMAGES,
    callbackHosts: config.CALLBACK_HOSTS,
    corsOrigins: config.CORS_ORIGINS,
    version: manifest.version,
    providerInfo: { provider: "cluster-gateway", orchestration: "kubernetes" },
    readOnly:
      "READ_ONLY is true: the functions are the Deployments of deploy/components/functions; change them there.",
    ...(config.READ_ONLY ? {} : { provider }),
    ...(credentials === undefined ? {} : { authenticate: basicAuth({ folder: credentials, log }) }),
    authenticates: "console",
    about: { version: manifest.version, provider: "Kubernetes", isReadOnly: config.UI_READ_ONLY ?? true },
    functionSource: { setting: "FUNCTION_NAMESPACES", place: namespaces.join() },
    publicFolder: join(__dirname, "public"),
    ready: () => isReady,
    log,
  });
  const services = openConsoleServices(config);
  server.showServices(services);
  log.info({ url: server.url }, "listening");
  const watch = watchFunctions({
    client,
    host: toHost(url),
    namespaces,
    functions,
    readyTimeoutMs: config.WAKE_TIMEOUT,
    mayWake: !config.READ_ONLY,
    log,
    listed() {
      isReady = true;
      server.beginQueue();
    },
    removed: (name) => callCounts.forget(name),
  });
  // Another replica or an administrator may have created a namespace.
  const fresh = config.READ_ONLY
    ? undefined
    : refreshPeriodically(async () => void (await provider.namespaces.list()), namespacesMs, log);
  const scaling = config.READ_ONLY
    ? undefined
    : startScaling({
        client,
        namespace: config.NAMESPACE,
        functions,
        counts: callCounts,
        server,
        scaleDownWindowMs: config.SCALE_DOWN_WINDOW,
        shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT,
        log,
      });
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([
        fresh?.[Symbol.asyncDispose](),
        scaling?.stopLeading(),
        server[Symbol.asyncDispose](),
      ]);
      await scaling?.[Symbol.asyncDispose](); // Calls in flight keep functions from being scaled down.
      await watch[Symbol.asyncDispose](); // Calls that wait for a pod need it.
      client[Symbol.dispose]();
      await services[Symbol.asyncDispose]();
    },
  };
}

/** Chooses the queue of asynchronous calls from the settings. */
function createQueue(config: ClusterConfig, log: Logger): OpenQueue {
  const { ASYNC_QUEUE: kind, ASYNC_TOPIC: topic, KAFKA_BROKERS: brokers } = config;
  if (kind === "memory") return (run) => createMemoryQueue(run, { concurrency: 16 });
  if (brokers === undefined) return createClosedQueue;
  return (run) => createTopicQueue(run, { config, topic, log });
}
