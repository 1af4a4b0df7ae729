import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Message } from "./message.ts";
import type { Route } from "./route.ts";
import type { PartitionLag } from "./topic-watch.ts";

/** What the connector counts. */
export interface ConnectorMetrics {
  registry: Registry;
  /** Messages of a topic that a function has had, so many of them refused for good. */
  delivered(route: Route, messages: readonly Message[], refused: number): void;
  /** A call or a write that is tried again. */
  retried(route: Route): void;
  /** A call begins; the result is called when it ends, with its status, or 0 when there was no answer. */
  startCall(route: Route): (status: number) => void;
  /** The lags of all functions, in place of those before: functions and topics may be gone. */
  setLags(lags: readonly (readonly [functionName: string, PartitionLag[]])[]): void;
}

/** The connector's metrics, for Prometheus. `functions` says how many functions are fed now. */
export function createConnectorMetrics(functions: () => number): ConnectorMetrics {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: "kafka_connector_functions",
    help: "Functions that are fed.",
    registers,
    collect() {
      this.set(functions());
    },
  });
  const delivered = new Counter({
    name: "kafka_connector_delivered_total",
    help: "Messages that a function has answered with success.",
    labelNames: ["function", "topic"],
    registers,
  });
  const deadLetters = new Counter({
    name: "kafka_connector_dead_letters_total",
    help: "Messages that a function has refused for good, now in the dead-letter topic.",
    labelNames: ["function", "topic"],
    registers,
  });
  const retries = new Counter({
    name: "kafka_connector_retries_total",
    help: "Calls of functions and writes of dead letters that failed and are tried again.",
    labelNames: ["function"],
    registers,
  });
  const calls = new Histogram({
    name: "kafka_connector_call_duration_seconds",
    help: "How long calls of functions took, by the status of the answer; 0 where there was none.",
    labelNames: ["function", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const lag = new Gauge({
    name: "kafka_connector_lag_messages",
    help: "Messages of a partition that are not committed yet for a function.",
    labelNames: ["function", "topic", "partition"],
    registers,
  });
  return {
    registry,
    delivered({ functionName }, messages, refused) {
      const labels = { function: functionName, topic: messages[0]!.topic };
      delivered.inc(labels, messages.length - refused);
      deadLetters.inc(labels, refused);
    },
    retried: ({ functionName }) => retries.inc({ function: functionName }),
    startCall({ functionName }) {
      const stop = calls.startTimer({ function: functionName });
      return (status) => void stop({ status });
    },
    setLags(lags) {
      lag.reset();
      for (const [functionName, partitions] of lags) {
        for (const one of partitions) {
          lag.set({ function: functionName, topic: one.topic, partition: one.partition }, one.lag);
        }
      }
    },
  };
}
