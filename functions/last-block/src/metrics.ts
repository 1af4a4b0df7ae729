import type { ObserveRpcCall } from "@platform/shared/ethereum/observe-rpc-call";
import { Histogram } from "@platform/shared/metrics/instruments";
import { type CountRetry, createRetryCounter } from "@platform/shared/metrics/peer-retries";
import type { Registry } from "@platform/shared/metrics/registry";

/** The function's metrics. */
export interface Metrics {
  onCall: ObserveRpcCall;
  retried: CountRetry;
}

/** Adds the function's metrics to a registry. */
export function addMetrics(registry: Registry): Metrics {
  const calls = new Histogram({
    name: "ethereum_rpc_call_duration_seconds",
    help: "Duration of JSON-RPC requests to nodes, by method and outcome: ok, or the error code. A batch counts once.",
    labelNames: ["method", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    onCall: ({ method, outcome, seconds }) => calls.observe({ method, outcome }, seconds),
    retried: createRetryCounter(registry),
  };
}
