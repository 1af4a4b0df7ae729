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
import { lines, number, table } from "../panels.ts";
import { functionVariable } from "../variables.ts";

const lag = functionSeries("function_topic:kafka_connector_lag_messages:sum");

/** Counts partitions once, although each replica of the connector reports its own. */
const partitions = (metric: string) =>
  `sum(max by (function, topic, partition) (${functionSeries(metric)})) or vector(0)`;

const state: Row = {
  title: "Is the platform healthy?",
  panels: [
    number({
      title: "How many messages wait?",
      unit: "short",
      queries: [{ expr: `sum(${lag})`, legend: "lag" }],
    }),
    number({
      title: "How many messages are delivered?",
      unit: "mps",
      queries: [
        {
          expr: `sum(rate(${functionSeries("kafka_connector_delivered_total")}[$__rate_interval]))`,
          legend: "rate",
        },
      ],
    }),
    number({
      title: "How many dead letters arrived in the last hour?",
      unit: "short",
      badFrom: 1,
      queries: [
        {
          expr: `sum(increase(${functionSeries("kafka_connector_dead_letters_total")}[1h])) or vector(0)`,
          legend: "letters",
        },
      ],
    }),
    number({
      title: "How many partitions are blocked?",
      unit: "short",
      badFrom: 1,
      queries: [{ expr: partitions("kafka_connector_partition_blocked"), legend: "blocked" }],
    }),
    number({
      title: "How many partitions are undecodable?",
      unit: "short",
      badFrom: 1,
      queries: [{ expr: partitions("kafka_connector_undecodable_partitions"), legend: "undecodable" }],
    }),
    number({
      title: "How many targets are down?",
      unit: "short",
      badFrom: 1,
      queries: [{ expr: `count(${inNamespace("up")} == 0) or vector(0)`, legend: "down" }],
    }),
    table({
      title: "Which alerts fire?",
      description: "docs/runbooks has a page for each alert.",
      unit: "short",
      queries: [{ expr: inNamespace("ALERTS", 'alertstate="firing"'), legend: "" }],
    }),
    table({
      title: "Which versions run?",
      unit: "short",
      queries: [
        { expr: `count by (name, version, commit) (${inNamespace("platform_build_info")})`, legend: "" },
      ],
    }),
  ],
};

const topics: Row = {
  title: "From the topic to the function",
  panels: [
    lines({
      title: "How many messages arrive in each topic?",
      unit: "mps",
      queries: [
        {
          expr: rateBy("topic", inNamespace("kafka_topic_messages_in_total", 'topic!="",topic!~"__.+"')),
          legend: "{{topic}}",
        },
      ],
    }),
    lines({
      title: "How many messages does each function take?",
      unit: "mps",
      queries: [
        {
          expr: rateBy("function, topic", functionSeries("kafka_connector_delivered_total")),
          legend: "{{function}} ← {{topic}}",
        },
      ],
    }),
    lines({
      title: "How far behind is each function?",
      unit: "short",
      queries: [{ expr: lag, legend: "{{function}} ← {{topic}}" }],
    }),
    lines({
      title: "How long do messages take from Kafka to their outcome?",
      description: "From the message's timestamp in Kafka to its delivery or dead letter.",
      unit: "s",
      queries: percentiles("kafka_connector_delivery_latency_seconds", functionSeries),
    }),
    lines({
      title: "How long do 95 % of the batches take?",
      unit: "s",
      queries: [
        {
          expr: percentile(0.95, "kafka_connector_call_duration_seconds", functionSeries, "function"),
          legend: "{{function}}",
        },
      ],
    }),
    lines({
      title: "How do functions answer the connector?",
      description: "Calls by status; 0 stands for calls without an answer.",
      unit: "reqps",
      queries: [
        {
          expr: rateBy("function, status", functionSeries("kafka_connector_call_duration_seconds_count")),
          legend: "{{function}} {{status}}",
        },
      ],
    }),
  ],
};

const refusals: Row = {
  title: "Which messages are not delivered?",
  panels: [
    lines({
      title: "Which messages are refused for good?",
      unit: "mps",
      queries: [
        {
          expr: orZero(rateBy("function, topic, code", functionSeries("kafka_connector_dead_letters_total"))),
          legend: "{{function}} ← {{topic}} {{code}}",
        },
      ],
    }),
    lines({
      title: "How many dead letters arrive in each topic?",
      description: "From the connector, NiFi and tweet-enrich.",
      unit: "mps",
      queries: [
        {
          expr: orZero(
            rateBy("topic", inNamespace("kafka_topic_messages_in_total", 'topic=~".+[.]dead-letter"')),
          ),
          legend: "{{topic}}",
        },
      ],
    }),
    lines({
      title: "Which messages are skipped, and why?",
      unit: "mps",
      queries: [
        {
          expr: orZero(rateBy("function, reason", functionSeries("kafka_connector_skipped_total"))),
          legend: "{{function}} {{reason}}",
        },
      ],
    }),
    lines({
      title: "How often does the connector retry?",
      unit: "ops",
      queries: [
        {
          expr: orZero(rateBy("function", functionSeries("kafka_connector_retries_total"))),
          legend: "{{function}}",
        },
      ],
    }),
    lines({
      title: "Which partitions are blocked, and for how long?",
      unit: "s",
      queries: [
        {
          expr: orZero(
            `max by (function, topic, partition) (${functionSeries("kafka_connector_partition_blocked_seconds")})`,
          ),
          legend: "{{function}} ← {{topic}}/{{partition}}",
        },
      ],
    }),
  ],
};

const index: Row = {
  title: "From the function to the index",
  panels: [
    lines({
      title: "Which results do writes to the index have?",
      unit: "ops",
      queries: [
        {
          expr: orZero(rateBy("result", inNamespace("tweet_enrich_bulk_items_total"))),
          legend: "{{result}}",
        },
      ],
    }),
    lines({
      title: "How many tweets does tweet-enrich publish?",
      unit: "mps",
      queries: [
        { expr: orZero(rateBy("topic", inNamespace("tweet_enrich_published_total"))), legend: "{{topic}}" },
      ],
    }),
    lines({
      title: "How long does Elasticsearch take for a bulk request?",
      unit: "s",
      queries: percentiles("tweet_enrich_bulk_duration_seconds", inNamespace),
    }),
    lines({
      title: "How many documents does Elasticsearch index?",
      unit: "ops",
      queries: [
        {
          expr: `sum(rate(${inNamespace("elasticsearch_indices_indexing_index_total")}[$__rate_interval]))`,
          legend: "documents",
        },
      ],
    }),
  ],
};

const gateway: Row = {
  title: "Calls by the gateway",
  panels: [
    lines({
      title: "How does the gateway answer?",
      unit: "reqps",
      queries: [
        { expr: rateBy("code", gatewaySeries("gateway_function_invocation_total")), legend: "{{code}}" },
      ],
    }),
    lines({
      title: "How long do calls take?",
      unit: "s",
      queries: percentiles("gateway_functions_seconds", gatewaySeries),
    }),
    lines({
      title: "How many asynchronous calls wait?",
      description: "Calls that hold a worker wait for max-inflight of their function.",
      unit: "short",
      queries: [
        { expr: `max(${inNamespace("gateway_async_queue_length")})`, legend: "accepted, not completed" },
        {
          expr: orZero(`sum(${inNamespace("gateway_async_waiting_for_inflight")})`),
          legend: "hold a worker",
        },
      ],
    }),
    lines({
      title: "How many asynchronous and scheduled calls begin and end?",
      unit: "ops",
      queries: [
        {
          expr: orZero(`sum(rate(${gatewaySeries("gateway_async_accepted_total")}[$__rate_interval]))`),
          legend: "accepted",
        },
        {
          expr: orZero(rateBy("outcome", inNamespace("gateway_async_callbacks_total"))),
          legend: "callback {{outcome}}",
        },
        {
          expr: orZero(rateBy("outcome", gatewaySeries("gateway_scheduled_calls_total"))),
          legend: "scheduled {{outcome}}",
        },
      ],
    }),
  ],
};

/** The path of a tweet from the topic to the index. */
export const platform = () =>
  board({
    name: "platform",
    title: "Platform: from the topic to the index",
    description: "Where is a tweet between Kafka and the index, and what delays it?",
    variables: [functionVariable()],
    rows: [state, topics, refusals, index, gateway],
  });
