import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Counter, Gauge } from "prom-client";
import type { Network } from "./network.ts";

/** The metrics. Node names are not labels, because reporters choose them freely. */
export interface Metrics {
  registry: Registry;
  /** Accepted messages, by type. */
  received: Counter<"type">;
  /** Refused connections and messages, by reason. */
  refused: Counter<"reason">;
  /** Readers of events that were dropped because they read too slowly. */
  dropped: Counter;
}

/** Creates the metrics of the server. */
export function createMetrics(network: Network): Metrics {
  const registry = createRegistry("ethstats");
  const registers = [registry];
  new Gauge({
    name: "ethstats_nodes",
    help: "Nodes in the list, online and offline.",
    labelNames: ["state"],
    registers,
    collect() {
      const { online, offline } = network.summary();
      this.set({ state: "online" }, online);
      this.set({ state: "offline" }, offline);
    },
  });
  new Gauge({
    name: "ethstats_best_block",
    help: "Number of the highest block of the nodes that are online; 0 when there is none.",
    registers,
    collect() {
      this.set(network.summary().best ?? 0);
    },
  });
  new Gauge({
    name: "ethstats_last_block_timestamp_seconds",
    help: "Time of the first report of the highest block, in seconds since 1970; absent before the first block.",
    registers,
    collect() {
      const { bestReportedAt } = network.summary();
      this.remove();
      if (bestReportedAt !== undefined) this.set(bestReportedAt.getTime() / 1000);
    },
  });
  new Gauge({
    name: "ethstats_block_producers",
    help: "Accounts that produced the last 50 blocks, such as the working signers.",
    registers,
    collect() {
      this.set(network.summary().producers);
    },
  });
  return {
    registry,
    received: new Counter({
      name: "ethstats_messages_received_total",
      help: "Accepted messages, by type; primus counts frames of Primus, new-payload all three types of that report.",
      labelNames: ["type"],
      registers,
    }),
    refused: new Counter({
      name: "ethstats_messages_refused_total",
      help: "Refused connections and messages, by reason (see the README).",
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
