import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Functions } from "./function-target.ts";

/** A call of a function that has come to its answer. */
export interface AnsweredCall {
  name: string;
  status: number;
  /** Until the answer began. */
  seconds: number;
}

/** What the gateway counts. */
export interface GatewayMetrics {
  registry: Registry;
  answered(call: AnsweredCall): void;
}

/** The gateway's metrics for Prometheus, under the names that OpenFaaS's gateway gives them. */
export function createMetrics(functions: Functions): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["function_name", "code"] as const;
  const invocations = new Counter({
    name: "gateway_function_invocation_total",
    help: "Calls of functions, by the status of the answer.",
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
      for (const [name, { replicas }] of functions) this.set({ function_name: name }, replicas.wanted);
    },
  });
  return {
    registry,
    answered({ name, status, seconds: took }) {
      const labels = { function_name: name, code: status };
      invocations.inc(labels);
      seconds.observe(labels, took);
    },
  };
}
