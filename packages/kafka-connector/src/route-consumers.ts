import type { StartedConsumer } from "@platform/delivery/consumer/consumer-supervisor";
import type { Logger } from "@platform/shared/log/logger";
import type { Route } from "./route.ts";

/** What a set of consumers works with. */
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

  /** Is every consumer a member of its group now? */
  get joined(): boolean {
    return [...this.#running.values()].every(({ consumer }) => consumer.joined());
  }

  /** The partitions that a batch that cannot be read stops, by function. */
  get undecodable(): { functionName: string; topic: string; partition: number }[] {
    return [...this.#running].flatMap(([functionName, { consumer }]) =>
      consumer.undecodable().map((partition) => ({ functionName, ...partition })),
    );
  }

  /** Starts consumers of new routes, stops those of removed ones, and restarts those of changed ones. */
  async follow(routes: readonly Route[]): Promise<void> {
    const { log, startConsumer } = this.#options;
    const wanted = new Map(routes.map((route) => [route.functionName, route]));
    const old = [...this.#running].filter(
      ([name, { route }]) => JSON.stringify(wanted.get(name)) !== JSON.stringify(route),
    );
    for (const [name] of old) {
      log.info({ function: name }, "stops");
      this.#running.delete(name);
    }
    await Promise.all(old.map(([, { consumer }]) => consumer[Symbol.asyncDispose]()));
    if (this.#disposed) return;
    for (const [name, route] of wanted) {
      if (this.#running.has(name)) continue;
      log.info({ function: name, topics: route.topics, batch_size: route.batchSize }, "starts");
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
