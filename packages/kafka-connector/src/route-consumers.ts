import type { StartedConsumer } from "@platform/delivery/consumer/consumer-supervisor";
import type { Logger } from "@platform/shared/log/logger";
import type { Route } from "./route.ts";

/** The dependencies of RouteConsumers. */
export interface RouteConsumersOptions {
  startConsumer(route: Route): StartedConsumer;
  log: Logger;
}

/** The running consumers, one for each function, which follow the routes. */
export class RouteConsumers implements AsyncDisposable {
  readonly #options: RouteConsumersOptions;
  readonly #running = new Map<string, { route: Route; consumer: StartedConsumer }>();
  #disposed = false;

  constructor(options: RouteConsumersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#running.size;
  }

  get routes(): Route[] {
    return [...this.#running.values()].map(({ route }) => route);
  }

  /** Whether every consumer is a member of its group now. */
  get joined(): boolean {
    return [...this.#running.values()].every(({ consumer }) => consumer.joined());
  }

  /** The partitions that are paused at an unreadable batch, by function. */
  get undecodable(): { functionName: string; topic: string; partition: number }[] {
    return [...this.#running].flatMap(([functionName, { consumer }]) =>
      consumer.undecodable().map((partition) => ({ functionName, ...partition })),
    );
  }

  /** Starts consumers for new routes, stops those of removed routes, and restarts those of changed routes. */
  async follow(routes: readonly Route[]): Promise<void> {
    const { log, startConsumer } = this.#options;
    const wanted = new Map(routes.map((route) => [route.functionName, route]));
    const outdated = [...this.#running].filter(
      ([name, { route }]) => JSON.stringify(wanted.get(name)) !== JSON.stringify(route),
    );
    for (const [name] of outdated) {
      log.info({ function: name }, "consumer_stopping");
      this.#running.delete(name);
    }
    await Promise.all(outdated.map(([, { consumer }]) => consumer[Symbol.asyncDispose]()));
    if (this.#disposed) return;
    for (const [name, route] of wanted) {
      if (this.#running.has(name)) continue;
      log.info({ function: name, topics: route.topics, batch_size: route.batchSize }, "consumer_started");
      this.#running.set(name, { route, consumer: startConsumer(route) });
    }
  }

  /** Stops all consumers, and starts no more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const consumers = [...this.#running.values()].map(({ consumer }) => consumer);
    await Promise.all(consumers.map((consumer) => consumer[Symbol.asyncDispose]()));
  }
}
