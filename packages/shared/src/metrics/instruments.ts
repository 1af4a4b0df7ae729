/// <reference path="./prom-client-internals.d.ts" />
/** Counters, gauges and histograms of prom-client, without the parts that a function does not need. */
export { default as Counter } from "prom-client/lib/counter.js";
export { default as Gauge } from "prom-client/lib/gauge.js";
export { default as Histogram } from "prom-client/lib/histogram.js";
