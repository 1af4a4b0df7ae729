import { Counter, Gauge, Registry } from "prom-client";
import { bestBlock, type Network } from "./network.ts";

/** What is counted. The names of nodes are no labels: whoever reports chooses them. */
export interface Metrics {
  registry: Registry;
  /** Messages that were taken, by their type. */
  received: Counter<"type">;
  /** Connections and messages that were not, by reason. */
  refused: Counter<"reason">;
  /** Readers of events that were dropped because they were too slow. */
  dropped: Counter;
}

/** The server's metrics, for Prometheus. */
export function createMetrics(network: Network): Metrics {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: "ethstats_nodes",
    help: "Nodes in the list, online and offline.",
    labelNames: ["state"],
    registers,
    collect() {
      const { nodes } = network.view();
      const online = nodes.filter((node) => node.online).length;
      this.set({ state: "online" }, online);
      this.set({ state: "offline" }, nodes.length - online);
    },
  });
  new Gauge({
    name: "ethstats_best_block",
    help: "The highest block of the nodes that are online; 0 without one.",
    registers,
    collect() {
      this.set(bestBlock(network.view().nodes)?.number ?? 0);
    },
  });
  return {
    registry,
    received: new Counter({
      name: "ethstats_messages_received_total",
      help: "Messages that were taken, by their type.",
      labelNames: ["type"],
      registers,
    }),
    refused: new Counter({
      name: "ethstats_messages_refused_total",
      help: "Connections and messages that were refused, by reason.",
      labelNames: ["reason"],
      registers,
    }),
    dropped: new Counter({
      name: "ethstats_event_clients_dropped_total",
      help: "Readers of events that were dropped because they read too slowly.",
      registers,
    }),
  };
}
