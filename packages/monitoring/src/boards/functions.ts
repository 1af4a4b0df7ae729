import { board, type Row } from "../board.ts";
import {
  functionSeries,
  gatewaySeries,
  inNamespace,
  orZero,
  percentile,
  percentiles,
  rateBy,
} from "../expressions.ts";
import { lines } from "../panels.ts";
import { functionVariable } from "../variables.ts";

const calls = "function_call_duration_seconds";
const failed = rateBy("function", functionSeries(`${calls}_count`, 'code=~"5.."'));

const answers: Row = {
  title: "Calls",
  panels: [
    lines({
      title: "How many calls does each function answer?",
      unit: "reqps",
      queries: [
        { expr: rateBy("function, code", functionSeries(`${calls}_count`)), legend: "{{function}} {{code}}" },
      ],
    }),
    lines({
      title: "What share of the calls fails?",
      description: "Answers with status 5xx.",
      unit: "percentunit",
      queries: [
        {
          expr: orZero(`${failed} / ${rateBy("function", functionSeries(`${calls}_count`))}`),
          legend: "{{function}}",
        },
      ],
    }),
    lines({
      title: "How long do calls take?",
      unit: "s",
      queries: percentiles(calls, functionSeries),
    }),
    lines({
      title: "How long do 95 % of the calls of each function take?",
      unit: "s",
      queries: [{ expr: percentile(0.95, calls, functionSeries, "function"), legend: "{{function}}" }],
    }),
    lines({
      title: "How many calls are in flight?",
      description: "The gateway's number includes calls that wait for a pod.",
      unit: "short",
      queries: [
        { expr: `sum by (function) (${functionSeries("function_calls_in_flight")})`, legend: "{{function}}" },
        {
          expr: `sum by (function_name) (${gatewaySeries("gateway_function_inflight")})`,
          legend: "{{function_name}} at the gateway",
        },
      ],
    }),
    lines({
      title: "How many items does a batch have?",
      unit: "short",
      queries: percentiles("function_batch_items", functionSeries),
    }),
  ],
};

const peers: Row = {
  title: "Work of the functions",
  panels: [
    lines({
      title: "How long does the sentiment engine compute for a call?",
      unit: "s",
      queries: percentiles("sentiment_engine_duration_seconds", inNamespace),
    }),
    lines({
      title: "How long do 95 % of the JSON-RPC calls take?",
      unit: "s",
      queries: [
        {
          expr: percentile(0.95, "ethereum_rpc_call_duration_seconds", inNamespace, "method", "outcome"),
          legend: "{{method}} {{outcome}}",
        },
      ],
    }),
    lines({
      title: "How many documents does tweet-enrich write?",
      unit: "ops",
      queries: [
        {
          expr: orZero(rateBy("result", inNamespace("tweet_enrich_bulk_items_total"))),
          legend: "{{result}}",
        },
      ],
    }),
    lines({
      title: "How often do functions retry a peer?",
      unit: "ops",
      queries: [
        {
          expr: orZero(rateBy("function, peer", functionSeries("peer_retries_total"))),
          legend: "{{function}} → {{peer}}",
        },
      ],
    }),
  ],
};

const replicas: Row = {
  title: "Replicas",
  panels: [
    lines({
      title: "How many replicas should run?",
      unit: "short",
      queries: [
        {
          expr: `max by (function_name) (${gatewaySeries("gateway_service_count")})`,
          legend: "{{function_name}}",
        },
      ],
    }),
    lines({
      title: "How many replicas answer Prometheus?",
      unit: "short",
      queries: [
        {
          expr: `count by (function) (${functionSeries("function_calls_in_flight")})`,
          legend: "{{function}}",
        },
      ],
    }),
    lines({
      title: "How often does the gateway scale or wake a function?",
      unit: "ops",
      queries: [
        {
          expr: orZero(rateBy("function_name, direction", gatewaySeries("gateway_scalings_total"))),
          legend: "{{function_name}} {{direction}}",
        },
        {
          expr: orZero(rateBy("function_name", gatewaySeries("gateway_function_wakeups_total"))),
          legend: "{{function_name}} from zero",
        },
      ],
    }),
  ],
};

const runtime: Row = {
  title: "Node.js processes",
  panels: [
    lines({
      title: "How long is the event loop's delay (99th percentile)?",
      unit: "s",
      queries: [{ expr: functionSeries("nodejs_eventloop_lag_p99_seconds"), legend: "{{job}} {{pod}}" }],
    }),
    lines({
      title: "How much of the heap is used?",
      unit: "bytes",
      queries: [{ expr: functionSeries("nodejs_heap_size_used_bytes"), legend: "{{job}} {{pod}}" }],
    }),
    lines({
      title: "How much memory do processes hold?",
      unit: "bytes",
      queries: [{ expr: functionSeries("process_resident_memory_bytes"), legend: "{{job}} {{pod}}" }],
    }),
    lines({
      title: "How many CPU cores do processes use?",
      unit: "short",
      queries: [
        {
          expr: `rate(${functionSeries("process_cpu_seconds_total")}[$__rate_interval])`,
          legend: "{{job}} {{pod}}",
        },
      ],
    }),
    lines({
      title: "What share of the time is garbage collection?",
      unit: "percentunit",
      queries: [
        {
          expr: rateBy("job, pod", functionSeries("nodejs_gc_duration_seconds_sum")),
          legend: "{{job}} {{pod}}",
        },
      ],
    }),
    lines({
      title: "How many sockets, timers and other resources are open?",
      unit: "short",
      queries: [
        {
          expr: `sum by (job, pod) (${functionSeries("nodejs_active_resources")})`,
          legend: "{{job}} {{pod}}",
        },
      ],
    }),
  ],
};

/** Calls, work and resources of functions. */
export const functions = () =>
  board({
    name: "functions",
    title: "Functions",
    description: "How many calls do functions answer, how fast, with which resources?",
    variables: [functionVariable()],
    rows: [answers, peers, replicas, runtime],
  });
