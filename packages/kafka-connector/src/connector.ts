import { endsWithin } from "@platform/shared/clients/ends-within";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { keepFresh } from "@platform/shared/service/keep-fresh";
import { createServiceApp } from "@platform/shared/service/service-app";
import type { ConnectorConfig } from "./config.ts";
import { createDeadLetters } from "./dead-letters.ts";
import { deliver } from "./deliver.ts";
import { type FunctionFeed, startFunctionFeed } from "./function-feed.ts";
import { createGatewayClient } from "./gateway-client.ts";
import { createConnectorMetrics } from "./metrics.ts";
import { type Route, routesOfFunctions, routesOfPairs } from "./route.ts";
import { createTopicWatch, type PartitionLag } from "./topic-watch.ts";

/**
 * Starts the connector: one consumer group a function. Every so often it asks the gateway for the functions and Kafka
 * for the topics, and starts, stops and changes the feeds of functions; while one of them does not answer, all stays as
 * it is.
 */
export async function startConnector(config: ConnectorConfig, log: Logger): Promise<StartedHttpServer> {
  const feeds = new Map<string, FunctionFeed>();
  let refreshed = false;
  let stopping = false;
  let lastMissing = "";
  const metrics = createConnectorMetrics(() => feeds.size);
  const client = { clientId: "kafka-connector", config };
  // Of these two every failure is thrown; kafkajs would log what is none, such as that a topic is there already.
  const open = () => createKafka(client);
  const gateway = createGatewayClient(config);
  const deadLetters = createDeadLetters(open);
  const topics = createTopicWatch(open);
  const groupOf = (functionName: string) => `${config.GROUP_PREFIX}-${functionName}`;

  async function wantedRoutes(): Promise<Route[]> {
    const { ROUTES: pairs, BATCH_SIZE: batchSize } = config;
    return pairs === undefined
      ? routesOfFunctions(await gateway.functions(), batchSize)
      : routesOfPairs(pairs, batchSize);
  }

  async function refresh(): Promise<void> {
    const wanted = await wantedRoutes();
    const there = await topics.names();
    const routes = wanted.map((route) => ({
      ...route,
      topics: route.topics.filter((topic) => there.has(topic)),
    }));
    warnOfMissing(wanted.flatMap((route) => route.topics.filter((topic) => !there.has(topic))));
    await follow(routes.filter((route) => route.topics.length > 0));
    refreshed = true;
    const lags: [functionName: string, PartitionLag[]][] = [];
    for (const { route } of feeds.values()) {
      lags.push([route.functionName, await topics.lags(groupOf(route.functionName), route.topics)]);
    }
    metrics.setLags(lags);
  }

  /** Once, not at every refresh. */
  function warnOfMissing(topics: readonly string[]): void {
    const missing = [...new Set(topics)].sort().join();
    if (missing !== "" && missing !== lastMissing) log.warn({ topics: missing }, "topics are missing");
    lastMissing = missing;
  }

  /** Makes the feeds those of the routes. */
  async function follow(routes: readonly Route[]): Promise<void> {
    const wanted = new Map(routes.map((route) => [route.functionName, route]));
    const old = [...feeds].filter(
      ([name, { route }]) => JSON.stringify(wanted.get(name)) !== JSON.stringify(route),
    );
    for (const [name] of old) {
      log.info({ function: name }, "stops");
      feeds.delete(name);
    }
    await Promise.all(old.map(([, feed]) => feed.stop()));
    if (stopping) return;
    for (const [name, route] of wanted) if (!feeds.has(name)) feeds.set(name, feed(route));
  }

  function feed(route: Route): FunctionFeed {
    log.info({ function: route.functionName, topics: route.topics, batch_size: route.batchSize }, "starts");
    const context = { route, gateway, deadLetters, metrics, log, longestPause: config.RETRY_MAX_PAUSE };
    return startFunctionFeed({
      route,
      groupId: groupOf(route.functionName),
      sessionTimeout: config.SESSION_TIMEOUT,
      batchBytes: config.BATCH_BYTES,
      open: () => createKafka({ ...client, log }),
      deliver: (messages, signal) => deliver(messages, context, signal),
      log,
    });
  }

  const app = createServiceApp({
    name: "kafka-connector",
    log,
    metrics: metrics.registry,
    ready: () => refreshed && [...feeds.values()].every((one) => one.joined()),
    routes: () => undefined,
  });
  const server = await startHttpServer({ app, host: config.HOST, port: config.PORT });
  log.info({ url: server.url }, "listening");

  const fresh = keepFresh(refresh, config.REFRESH, log);

  async function stop(): Promise<void> {
    stopping = true;
    await Promise.all([fresh.stop(), ...[...feeds.values()].map((one) => one.stop())]);
    await Promise.allSettled([deadLetters.close(), topics.close()]);
  }

  return {
    ...server,
    async [Symbol.asyncDispose]() {
      const inTime = await endsWithin(config.SHUTDOWN_TIMEOUT, stop());
      if (!inTime) log.warn("not all ended in time; what is not committed comes again");
      gateway.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
