import { deliver } from "@platform/delivery/call/deliver";
import { createFunctionClient } from "@platform/delivery/call/function-client";
import { createHeaderLimit } from "@platform/delivery/call/to-function-call";
import { type StartedConsumer, startConsumer } from "@platform/delivery/consumer/consumer-supervisor";
import { createDeadLetters } from "@platform/delivery/dead-letters";
import { createTopicWatch, type PartitionLag } from "@platform/delivery/topic-watch";
import { settlesWithin } from "@platform/shared/clients/settles-within";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { refreshPeriodically } from "@platform/shared/service/refresh-periodically";
import { createServiceApp } from "@platform/shared/service/service-app";
import type { ConnectorConfig } from "./config.ts";
import { createGatewayClient } from "./gateway-client.ts";
import { createConnectorMetrics } from "./metrics.ts";
import { type Route, routesFromAnnotations, routesFromPairs } from "./route.ts";
import { RouteConsumers } from "./route-consumers.ts";

/**
 * Starts the connector, with one consumer group for each function. It periodically lists the gateway's functions and Kafka's topics,
 * and updates the consumers. While either does not answer, the consumers stay unchanged.
 */
export async function startConnector(config: ConnectorConfig, log: Logger): Promise<StartedHttpServer> {
  let refreshed = false;
  let lastMissing = "";
  const metrics = createConnectorMetrics(() => consumers);
  const client = { clientId: "kafka-connector", config };
  // Without a log, because callers get all failures, and kafkajs would also log expected ones, such as an existing topic.
  const open = () => createKafka(client);
  const gateway = createGatewayClient(config);
  const functions = createFunctionClient(config);
  const deadLetters = createDeadLetters(open);
  const topicWatch = createTopicWatch(open);
  const toGroupId = (functionName: string) => `${config.GROUP_PREFIX}-${functionName}`;

  const consumers = new RouteConsumers({ startConsumer: startRouteConsumer, log });

  function startRouteConsumer(route: Route): StartedConsumer {
    const { functionName, topics, batchSize, envelope } = route;
    const context = {
      functionName,
      batchSize,
      envelope,
      functions,
      deadLetters,
      metrics: metrics.deliveries,
      log,
      maxPauseMs: config.RETRY_MAX_PAUSE,
    };
    return startConsumer({
      topics,
      groupId: toGroupId(functionName),
      sessionTimeout: config.SESSION_TIMEOUT,
      batchSize,
      batchBytes: config.BATCH_BYTES,
      startBatch: createHeaderLimit,
      open: () => createKafka({ ...client, log }),
      deliver: (messages, signal) => deliver(messages, context, signal),
      log,
    });
  }

  async function readRoutes(): Promise<Route[]> {
    const { ROUTES: pairs, BATCH_SIZE: batchSize, ENVELOPE: envelope } = config;
    const defaults = { batchSize, envelope };
    return pairs === undefined
      ? routesFromAnnotations(await gateway.functions(), defaults)
      : routesFromPairs(pairs, defaults);
  }

  async function follow(configured: readonly Route[]): Promise<void> {
    const existing = await topicWatch.names();
    const routes = configured.map((route) => ({
      ...route,
      topics: route.topics.filter((topic) => existing.has(topic)),
    }));
    warnOfMissing(configured.flatMap((route) => route.topics.filter((topic) => !existing.has(topic))));
    await consumers.follow(routes.filter((route) => route.topics.length > 0));
    refreshed = true;
  }

  async function measureLags(): Promise<void> {
    const lags: [functionName: string, PartitionLag[]][] = [];
    for (const route of consumers.routes) {
      lags.push([route.functionName, await topicWatch.lags(toGroupId(route.functionName), route.topics)]);
    }
    metrics.setLags(lags);
  }

  async function refresh(): Promise<void> {
    const routes = await readRoutes().catch(async (error: unknown) => {
      await measureLags(); // alerts need the lags, which grow while the gateway is unreachable
      throw error;
    });
    await follow(routes);
    await measureLags();
  }

  /** Logs the missing topics when they change, not at every refresh. */
  function warnOfMissing(topics: readonly string[]): void {
    const missing = [...new Set(topics)].sort().join();
    if (missing !== "" && missing !== lastMissing) log.warn({ topics: missing }, "topics_missing");
    lastMissing = missing;
  }

  const app = createServiceApp({
    name: "kafka-connector",
    log,
    metrics: metrics.registry,
    ready: () => refreshed && consumers.joined,
    routes: () => undefined,
  });
  const server = await startHttpServer({ app, host: config.HOST, port: config.PORT });
  log.info({ url: server.url }, "listening");

  const fresh = refreshPeriodically(refresh, config.REFRESH, log);

  async function stop(): Promise<void> {
    await Promise.all([fresh[Symbol.asyncDispose](), consumers[Symbol.asyncDispose]()]);
    await Promise.allSettled([deadLetters.close(), topicWatch.close()]);
  }

  return {
    ...server,
    async [Symbol.asyncDispose]() {
      const isStopped = await settlesWithin(config.SHUTDOWN_TIMEOUT, stop());
      if (!isStopped) log.warn("shutdown_timeout"); // uncommitted messages will be delivered again
      gateway.close();
      functions.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
