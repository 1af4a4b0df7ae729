import { Counter } from "./instruments.ts";
import type { Registry } from "./registry.ts";

/** Counts a retry of work with a peer, such as `elasticsearch`. */
export type CountRetry = (peer: string) => void;

/** The counter of retries. */
export function createRetryCounter(registry: Registry): CountRetry {
  const retries = new Counter({
    name: "peer_retries_total",
    help: "Requests that were sent again, to the same peer or to another of its kind, because one failed.",
    labelNames: ["peer"],
    registers: [registry],
  });
  return (peer) => retries.inc({ peer });
}
