import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { Registry } from "prom-client";
import { Gauge } from "./instruments.ts";

/** How often the event loop is sampled, in milliseconds. */
const resolution = 10;

interface LagMetric {
  name: string;
  help: string;
  /** In nanoseconds, with the time between two samples. */
  read(delay: IntervalHistogram): number;
}

/** prom-client's names. Its values include the 10 ms between two samples, and are 292 years where a scrape has no sample. */
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
 * Adds how late the event loop runs timers.
 * @returns what ends the sampling
 */
export function measureEventLoopLag(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution });
  const gauges = lags.map(({ name, help, read }) => {
    const gauge = new Gauge({ name: `nodejs_eventloop_lag_${name}_seconds`, help, registers: [registry] });
    return { gauge, read };
  });
  // The first gauge sets all of them: they share the samples.
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
