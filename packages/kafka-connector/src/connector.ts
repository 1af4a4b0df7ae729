import { headerRoom } from "@platform/delivery/call/call-of-messages";
import { deliver } from "@platform/delivery/call/deliver";
import { createFunctionClient } from "@platform/delivery/call/function-client";
import { type StartedConsumer, startConsumer } from "@platform/delivery/consumer/consumer-supervisor";
import { createDeadLetters } from "@platform/delivery/dead-letters";
import { createTopicWatch, type PartitionLag } from "@platform/delivery/topic-watch";
import { endsWithin } from "@platform/shared/clients/ends-within";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { keepFresh } from "@platform/shared/service/keep-fresh";
import { createServiceApp } from "@platform/shared/service/service-app";
import type { ConnectorConfig } from "./config.ts";
import { createGatewayClient } from "./gateway-client.ts";
import { createConnectorMetrics } from "./metrics.ts";
import { type Route, routesOfFunctions, routesOfPairs } from "./route.ts";
import { RouteConsumers } from "./route-consumers.ts";

/**
 * Starts the connector: one consumer group a function. Every so often it asks the gateway for the functions and Kafka
 * for the topics, and lets the consumers follow. While one of them does not answer, all stays as it is.
 */
export async function startConnector(config: ConnectorConfig, log: Logger): Promise<StartedHttpServer> {
  let refreshed = false;
  let lastMissing = "";
  const metrics = createConnectorMetrics(() => consumers);
  const client = { clientId: "kafka-connector", config };
  // Of these two every failure is thrown; kafkajs would log what is none, such as that a topic is there already.
  const open = () => createKafka(client);
  const gateway = createGatewayClient(config);
  const functions = createFunctionClient(config);
  const deadLetters = createDeadLetters(open);
  const topics = createTopicWatch(open);
  const groupOf = (functionName: string) => `${config.GROUP_PREFIX}-${functionName}`;

  const consumers = new RouteConsumers({ startConsumer: startConsumerOf, log });

  function startConsumerOf(route: Route): StartedConsumer {
    const { functionName, topics, batchSize, envelope } = route;
    const context = {
      functionName,
      batchSize,
      envelope,
      functions,
      deadLetters,
      metrics: metrics.deliveries,
      log,
      longestPause: config.RETRY_MAX_PAUSE,
    };
    return startConsumer({
      topics,
      groupId: groupOf(functionName),
      sessionTimeout: config.SESSION_TIMEOUT,
      batchSize,
      batchBytes: config.BATCH_BYTES,
      startBatch: headerRoom,
      open: () => createKafka({ ...client, log }),
      deliver: (messages, signal) => deliver(messages, context, signal),
      log,
    });
  }

  async function wantedRoutes(): Promise<Route[]> {
    const { ROUTES: pairs, BATCH_SIZE: batchSize, ENVELOPE: envelope } = config;
    const defaults = { batchSize, envelope };
    return pairs === undefined
      ? routesOfFunctions(await gateway.functions(), defaults)
      : routesOfPairs(pairs, defaults);
  }

  async function follow(wanted: readonly Route[]): Promise<void> {
    const there = await topics.names();
    const routes = wanted.map((route) => ({
      ...route,
      topics: route.topics.filter((topic) => there.has(topic)),
    }));
    warnOfMissing(wanted.flatMap((route) => route.topics.filter((topic) => !there.has(topic))));
    await consumers.follow(routes.filter((route) => route.topics.length > 0));
    refreshed = true;
  }

  async function measureLags(): Promise<void> {
    const lags: [functionName: string, PartitionLag[]][] = [];
    for (const route of consumers.routes) {
      lags.push([route.functionName, await topics.lags(groupOf(route.functionName), route.topics)]);
    }
    metrics.setLags(lags);
  }

  async function refresh(): Promise<void> {
    const wanted = await wantedRoutes().catch(async (error: unknown) => {
      await measureLags(); // lags grow while the gateway is out of reach, and alerts must see that
      throw error;
    });
    await follow(wanted);
    await measureLags();
  }

  /** Once, not at every refresh. */
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

  const fresh = keepFresh(refresh, config.REFRESH, log);

  async function stop(): Promise<void> {
    await Promise.all([fresh[Symbol.asyncDispose](), consumers[Symbol.asyncDispose]()]);
    await Promise.allSettled([deadLetters.close(), topics.close()]);
  }

  return {
    ...server,
    async [Symbol.asyncDispose]() {
      const inTime = await endsWithin(config.SHUTDOWN_TIMEOUT, stop());
      if (!inTime) log.warn("not all ended in time; what is not committed comes again");
      gateway.close();
      functions.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
