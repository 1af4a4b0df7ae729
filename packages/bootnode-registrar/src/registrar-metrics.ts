import { createRegistry, type Registry } from "@platform/shared/metrics/registry";
import { Counter, Gauge } from "prom-client";

/** The counters of the registrar. */
export interface RegistrarMetrics {
  registry: Registry;
  /** Answers at /, by their status. */
  requests: Counter<"status">;
  /** Failed lookups of hosts and failed requests to boot nodes. */
  failures: Counter<"of">;
}

/** Creates the metrics of the registrar. `known` returns the current number of boot nodes. */
export function createRegistrarMetrics(known: () => number): RegistrarMetrics {
  const registry = createRegistry("bootnode-registrar");
  const registers = [registry];
  new Gauge({
    name: "bootnode_registrar_bootnodes",
    help: "Number of known boot nodes.",
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
      help: "Failed lookups of hosts and failed requests to boot nodes.",
      labelNames: ["of"],
      registers,
    }),
  };
}
