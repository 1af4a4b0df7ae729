import { BufferedHistogram } from "../metrics/buffered-histogram.ts";
import { Gauge } from "../metrics/instruments.ts";
import { createRegistry, type Registry, scrape } from "../metrics/registry.ts";
import type { Answer } from "./answer.ts";
import type { FunctionRequest } from "./request.ts";

/** Creates a registry whose series are labelled with the function's deployed name. OpenFaaS sets OPENFAAS_NAME. */
export function createFunctionRegistry(name: string): Registry {
  const registry = createRegistry(name);
  registry.setDefaultLabels({ function: process.env.OPENFAAS_NAME || name });
  return registry;
}

/** The metrics of a function's process: those of its calls, and the function's own. */
export class FunctionMetrics<Own> {
  /** The function's own metrics. */
  readonly own: Own;
  readonly #registry: Registry;
  readonly #durations: BufferedHistogram<"code">;
  readonly #items: BufferedHistogram;
  #inFlight = 0;

  /** @param addOwn adds the function's own metrics to the registry */
  constructor(registry: Registry, addOwn: (registry: Registry) => Own) {
    const registers = [registry];
    this.#durations = new BufferedHistogram({
      name: "function_call_duration_seconds",
      help: "Duration of calls in the function, by the status of the answer.",
      labelNames: ["code"],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    const inFlight = () => this.#inFlight;
    new Gauge({
      name: "function_calls_in_flight",
      help: "Calls in flight in the function.",
      registers,
      collect() {
        this.set(inFlight());
      },
    });
    this.#items = new BufferedHistogram({
      name: "function_batch_items",
      help: "Items in the batches that calls carried; a single item is a batch of one.",
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000],
      registers,
    });
    this.#registry = registry;
    this.own = addOwn(registry);
  }

  /** Counts a call as in flight. Returns its start time for endCall. */
  beginCall(): number {
    this.#inFlight += 1;
    return performance.now();
  }

  /** Counts a call as ended with a status. Returns its duration in milliseconds. */
  endCall(start: number, code: number): number {
    const ms = performance.now() - start;
    this.#inFlight -= 1;
    this.#durations.observe(ms / 1000, { code });
    return ms;
  }

  /** Records the size of a batch. */
  batch(items: number): void {
    this.#items.observe(items);
  }

  /** The response to a scrape. */
  async answer(): Promise<Answer> {
    const { contentType } = this.#registry;
    return { status: 200, headers: { "content-type": contentType }, body: await scrape(this.#registry) };
  }
}

/**
 * Whether a call is a scrape that METRICS allows. METRICS=cluster (the default) refuses calls through a gateway, which have an
 * X-Call-Id. METRICS is read separately, because other settings may be invalid.
 */
export function isScrape(request: FunctionRequest): boolean {
  const { method, path } = request;
  if (path !== "/metrics" || (method !== "GET" && method !== "HEAD")) return false;
  const mode = process.env.METRICS;
  return mode === "public" || (mode !== "off" && request.header("x-call-id") === undefined);
}
