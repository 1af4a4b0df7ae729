import { createRegistry } from "@platform/shared/metrics/registry";
import { Counter, Gauge } from "prom-client";

/** Creates the metrics. `reached` returns the number of beacon nodes that answered in the last round. */
export function createPeersMetrics(reached: () => number) {
  const registry = createRegistry("peers");
  const registers = [registry];
  new Gauge({
    name: "beacon_peers_nodes",
    help: "Beacon nodes that answered in the last round.",
    registers,
    collect() {
      this.set(reached());
    },
  });
  return {
    registry,
    connections: new Counter({
      name: "beacon_peers_connections_total",
      help: "Established connections between beacon nodes.",
      registers,
    }),
    failures: new Counter({
      name: "beacon_peers_failures_total",
      help: "Failed lookups, requests to beacon nodes and connections.",
      labelNames: ["operation"],
      registers,
    }),
  };
}
