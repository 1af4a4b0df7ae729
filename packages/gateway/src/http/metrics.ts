import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Counter, Gauge, Histogram } from "prom-client";
import type { CallbackOutcome } from "../async/send-callback.ts";
import type { CallCounts } from "./call-counts.ts";
import type { FunctionCatalog } from "./function-catalog.ts";
import type { ScheduledOutcome } from "./scheduler.ts";

/** An answered or failed call of a function. */
export interface AnsweredCall {
  name: string;
  status: number;
  /** The time to the first byte of the answer. */
  seconds: number;
  /** The value of X-Call-Id. */
  callId: string;
}

/** The metrics of a gateway. */
export interface GatewayMetrics {
  registry: Registry;
  answered(call: Pick<AnsweredCall, "name" | "status" | "seconds">): void;
  /** Counts an asynchronous call of a function. */
  accepted(name: string): void;
  callbackEnded(outcome: CallbackOutcome): void;
  /** Counts an asynchronous call that waits because of max-inflight, until the returned function is called. */
  beginInflightWait(name: string): () => void;
  /** Counts the outcome of a scheduled call. */
  scheduled(name: string, outcome: ScheduledOutcome): void;
  /** Counts a change of a function's replicas by the gateway. */
  scaled(name: string, direction: "up" | "down"): void;
}

/**
 * Creates the gateway's metrics for Prometheus. Metrics of calls have the same names as in OpenFaaS's gateway.
 * @param queueLength returns the number of unfinished asynchronous calls; undefined while unknown
 */
export function createMetrics(
  functions: FunctionCatalog,
  callCounts: CallCounts,
  queueLength: () => number | undefined,
): GatewayMetrics {
  const registry = createRegistry("gateway");
  const registers = [registry];
  const labelNames = ["function_name", "code"] as const;
  const invocations = new Counter({
    name: "gateway_function_invocation_total",
    help: "Calls of functions, synchronous and asynchronous, by the status of the answer.",
    labelNames,
    registers,
  });
  const seconds = new Histogram({
    name: "gateway_functions_seconds",
    help: "How long functions took to answer.",
    labelNames,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  new Gauge({
    name: "gateway_service_count",
    help: "Replicas that a function should have.",
    labelNames: ["function_name"],
    registers,
    collect() {
      this.reset();
      for (const target of functions.values()) {
        this.set({ function_name: functions.calledName(target) }, target.replicas.wanted);
      }
    },
  });
  new Gauge({
    name: "gateway_function_inflight",
    help: "Calls of a function in flight, waiting calls included.",
    labelNames: ["function_name"],
    registers,
    collect() {
      this.reset();
      for (const target of functions.values()) {
        const name = functions.calledName(target);
        this.set({ function_name: name }, callCounts.of(name).inFlight);
      }
    },
  });
  new Counter({
    name: "gateway_function_wakeups_total",
    help: "Wake-ups of a function from zero by calls.",
    labelNames: ["function_name"],
    registers,
    collect() {
      this.reset();
      for (const target of functions.values()) {
        if (target.wakeUps === undefined) continue;
        this.inc({ function_name: functions.calledName(target) }, target.wakeUps);
      }
    },
  });
  const accepted = new Counter({
    name: "gateway_async_accepted_total",
    help: "Asynchronous calls that were accepted.",
    labelNames: ["function_name"],
    registers,
  });
  const callbacks = new Counter({
    name: "gateway_async_callbacks_total",
    help: "Callbacks with the result of an asynchronous call, by outcome: delivered or given_up.",
    labelNames: ["outcome"],
    registers,
  });
  new Gauge({
    name: "gateway_async_queue_length",
    help: "Accepted asynchronous calls that are not completed; with Kafka the consumer lag, which every replica reports. NaN while unknown.",
    registers,
    collect() {
      this.set(queueLength() ?? Number.NaN);
    },
  });
  const waiting = new Gauge({
    name: "gateway_async_waiting_for_inflight",
    help: "Asynchronous calls that wait because their function has max-inflight calls in flight.",
    labelNames: ["function_name"],
    registers,
  });
  const scheduled = new Counter({
    name: "gateway_scheduled_calls_total",
    help: "Scheduled calls of functions, by outcome: succeeded, failed, or skipped.",
    labelNames: ["function_name", "outcome"],
    registers,
  });
  const scalings = new Counter({
    name: "gateway_scalings_total",
    help: "Changes of functions' replicas by this gateway, up and down.",
    labelNames: ["function_name", "direction"],
    registers,
  });
  return {
    registry,
    scheduled: (name, outcome) => scheduled.inc({ function_name: name, outcome }),
    scaled: (name, direction) => scalings.inc({ function_name: name, direction }),
    accepted: (name) => accepted.inc({ function_name: name }),
    callbackEnded: (outcome) => callbacks.inc({ outcome }),
    beginInflightWait(name) {
      waiting.inc({ function_name: name });
      return () => waiting.dec({ function_name: name });
    },
    answered({ name, status, seconds: took }) {
      const labels = { function_name: name, code: status };
      invocations.inc(labels);
      seconds.observe(labels, took);
    },
  };
}
