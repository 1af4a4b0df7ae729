import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Counter, Gauge } from "prom-client";

/** What the registrar counts. */
export interface RegistrarMetrics {
  registry: Registry;
  /** Answers at /, by their status. */
  requests: Counter<"status">;
  /** Lookups of hosts and questions to boot nodes that failed. */
  failures: Counter<"of">;
}

/** The registrar's metrics, for Prometheus. `known` says how many boot nodes there are now. */
export function createRegistrarMetrics(known: () => number): RegistrarMetrics {
  const registry = createRegistry("bootnode-registrar");
  const registers = [registry];
  new Gauge({
    name: "bootnode_registrar_bootnodes",
    help: "Boot nodes that are known.",
    registers,
    collect() {
      this.set(known());
    },
  });
  return {
    registry,
    requests: new Counter({
      name: "bootnode_registrar_requests_total",
      help: "Answers at /, by their status.",
      labelNames: ["status"],
      registers,
    }),
    failures: new Counter({
      name: "bootnode_registrar_refresh_failures_total",
      help: "Lookups of hosts and questions to boot nodes that failed.",
      labelNames: ["of"],
      registers,
    }),
  };
}
