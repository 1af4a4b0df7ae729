/**
 * Files of prom-client 15.1.3. Its main file also loads OpenTelemetry's API, T-digests and a push client, which
 * triples its size in a bundle.
 */
declare module "prom-client/lib/registry.js" {
  export { Registry as default } from "prom-client";
}

declare module "prom-client/lib/counter.js" {
  export { Counter as default } from "prom-client";
}

declare module "prom-client/lib/gauge.js" {
  export { Gauge as default } from "prom-client";
}

declare module "prom-client/lib/histogram.js" {
  export { Histogram as default } from "prom-client";
}

declare module "prom-client/lib/metrics/*" {
  import type { Registry } from "prom-client";
  /** Adds metrics to a registry, and begins to measure. */
  export default function collect(registry: Registry): void;
}
