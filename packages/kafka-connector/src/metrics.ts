import { createDeliveryMetrics, type DeliveryMetrics } from "@platform/delivery/call/delivery-metrics";
import type { PartitionLag } from "@platform/delivery/topic-watch";
import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Gauge } from "prom-client";
import type { RouteConsumers } from "./route-consumers.ts";

/** What the connector counts. */
export interface ConnectorMetrics {
  registry: Registry;
  deliveries: DeliveryMetrics;
  /** The lags of all functions, in place of those before: functions and topics may be gone. */
  setLags(lags: readonly (readonly [functionName: string, PartitionLag[]])[]): void;
}

/** The connector's metrics, for Prometheus. `consumers` are those of the functions that are fed now. */
export function createConnectorMetrics(
  consumers: () => Pick<RouteConsumers, "size" | "undecodable">,
): ConnectorMetrics {
  const registry = createRegistry("kafka-connector");
  const registers = [registry];
  new Gauge({
    name: "kafka_connector_functions",
    help: "Functions that are fed.",
    registers,
    collect() {
      this.set(consumers().size);
    },
  });
  new Gauge({
    name: "kafka_connector_undecodable_partitions",
    help: "1 for each partition that stands still because a batch in it cannot be read.",
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
        for (const one of partitions) {
          lag.set({ function: functionName, topic: one.topic, partition: one.partition }, one.lag);
        }
      }
    },
  };
}
