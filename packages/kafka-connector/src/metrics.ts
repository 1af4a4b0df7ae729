import { createDeliveryMetrics, type DeliveryMetrics } from "@platform/delivery/call/delivery-metrics";
import type { PartitionLag } from "@platform/delivery/topic-watch";
import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Gauge } from "prom-client";
import type { RouteConsumers } from "./route-consumers.ts";

/** The metrics of the connector. */
export interface ConnectorMetrics {
  registry: Registry;
  deliveries: DeliveryMetrics;
  /** Replaces the lags of all functions, because functions and topics may have been removed. */
  setLags(lags: readonly (readonly [functionName: string, PartitionLag[]])[]): void;
}

/** Registers the metrics of the connector. `consumers` returns the running consumers. */
export function createConnectorMetrics(
  consumers: () => Pick<RouteConsumers, "size" | "undecodable">,
): ConnectorMetrics {
  const registry = createRegistry("kafka-connector");
  const registers = [registry];
  new Gauge({
    name: "kafka_connector_functions",
    help: "Functions that receive messages.",
    registers,
    collect() {
      this.set(consumers().size);
    },
  });
  new Gauge({
    name: "kafka_connector_undecodable_partitions",
    help: "1 for each partition that is paused because of an unreadable batch.",
    labelNames: ["function", "topic", "partition"],
    registers,
    collect() {
      this.reset();
      for (const { functionName, topic, partition } of consumers().undecodable) {
        this.set({ function: functionName, topic, partition }, 1);
      }
    },
  });
  const deliveries = createDeliveryMetrics({ prefix: "kafka_connector", registry });
  const lag = new Gauge({
    name: "kafka_connector_lag_messages",
    help: "Messages of a partition that a function has not committed, as of the last refresh.",
    labelNames: ["function", "topic", "partition"],
    registers,
  });
  return {
    registry,
    deliveries,
    setLags(lags) {
      lag.reset();
      for (const [functionName, partitions] of lags) {
        for (const { topic, partition, lag: messages } of partitions) {
          lag.set({ function: functionName, topic, partition }, messages);
        }
      }
    },
  };
}
