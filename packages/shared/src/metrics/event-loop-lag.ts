import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { Registry } from "prom-client";
import { Gauge } from "./instruments.ts";

/** The sampling interval in milliseconds. */
const resolution = 10;

interface LagMetric {
  name: string;
  help: string;
  /** In nanoseconds, including the sampling interval. */
  read(delay: IntervalHistogram): number;
}

/** prom-client's names. Its own values include the sampling interval of 10 ms, and show 292 years without a sample. */
const lags: readonly LagMetric[] = [
  { name: "mean", help: "Mean delay of the event loop since the last scrape.", read: ({ mean }) => mean },
  { name: "max", help: "Longest delay of the event loop since the last scrape.", read: ({ max }) => max },
  ...[50, 90, 99].map((percent) => ({
    name: `p${percent}`,
    help: `Delay of the event loop that ${percent} % of the samples since the last scrape do not exceed.`,
    read: (delay: IntervalHistogram) => delay.percentile(percent),
  })),
];

/**
 * Adds the metrics of the event loop's delay.
 * @returns a function that ends the sampling
 */
export function measureEventLoopLag(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution });
  const gauges = lags.map(({ name, help, read }) => {
    const gauge = new Gauge({ name: `nodejs_eventloop_lag_${name}_seconds`, help, registers: [registry] });
    return { gauge, read };
  });
  // The first gauge sets all of them, because they share the samples.
  Object.assign(gauges[0]!.gauge, {
    collect() {
      if (delay.count === 0) return;
      for (const { gauge, read } of gauges) gauge.set(Math.max(0, read(delay) / 1e9 - resolution / 1e3));
      delay.reset();
    },
  });
  delay.enable();
  return () => void delay.disable();
}
