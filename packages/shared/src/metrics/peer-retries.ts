import { Counter } from "./instruments.ts";
import type { Registry } from "./registry.ts";

/** Counts a retry of a request to a peer, such as `elasticsearch`. */
export type CountRetry = (peer: string) => void;

/** The counter of retries. */
export function createRetryCounter(registry: Registry): CountRetry {
  const retries = new Counter({
    name: "peer_retries_total",
    help: "Requests that were retried after a failure, with the same peer or another of its kind.",
    labelNames: ["peer"],
    registers: [registry],
  });
  return (peer) => retries.inc({ peer });
}
