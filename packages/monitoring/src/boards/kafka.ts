import { board, type Row } from "../board.ts";
import { inNamespace, rateBy } from "../expressions.ts";
import { lines, number } from "../panels.ts";

const topicSeries = (metric: string) => inNamespace(metric, 'topic!="",topic!~"__.+"');
const usedHeap = inNamespace("jvm_memory_used_bytes", 'job="kafka",area="heap"');
const requests = 'request=~"Produce|FetchConsumer|OffsetCommit|Metadata"';

const state: Row = {
  title: "Is Kafka healthy?",
  panels: [
    number({
      title: "How many brokers answer?",
      unit: "short",
      badBelow: 1,
      queries: [{ expr: `sum(${inNamespace("up", 'job="kafka"')})`, legend: "brokers" }],
    }),
    number({
      title: "How many partitions lack replicas?",
      unit: "short",
      badFrom: 1,
      queries: [
        {
          expr: `sum(${inNamespace("kafka_under_replicated_partitions")})`,
          legend: "under-replicated",
        },
      ],
    }),
    number({
      title: "How many partitions have no leader?",
      unit: "short",
      badFrom: 1,
      queries: [
        {
          expr: `max(${inNamespace("kafka_offline_partitions")})`,
          legend: "offline",
        },
      ],
    }),
    number({
      title: "How many controllers are active?",
      description: "1 in a healthy cluster.",
      unit: "short",
      badBelow: 1,
      queries: [
        {
          expr: `sum(${inNamespace("kafka_active_controllers")})`,
          legend: "controllers",
        },
      ],
    }),
    number({
      title: "How large are all topics together?",
      unit: "bytes",
      queries: [{ expr: `sum(${inNamespace("kafka_log_size_bytes")})`, legend: "size" }],
    }),
    number({
      title: "How many messages arrive?",
      unit: "mps",
      queries: [
        {
          expr: `sum(rate(${topicSeries("kafka_topic_messages_in_total")}[$__rate_interval]))`,
          legend: "rate",
        },
      ],
    }),
  ],
};

const traffic: Row = {
  title: "Traffic",
  panels: [
    lines({
      title: "How many messages arrive in each topic?",
      unit: "mps",
      queries: [
        {
          expr: rateBy("topic", topicSeries("kafka_topic_messages_in_total")),
          legend: "{{topic}}",
        },
      ],
    }),
    lines({
      title: "How far behind is each consumer group of the connector?",
      unit: "short",
      queries: [
        {
          expr: inNamespace("function_topic:kafka_connector_lag_messages:sum"),
          legend: "{{function}} ← {{topic}}",
        },
      ],
    }),
    lines({
      title: "How many bytes are written?",
      unit: "binBps",
      queries: [
        {
          expr: rateBy("topic", topicSeries("kafka_topic_bytes_in_total")),
          legend: "{{topic}}",
        },
      ],
    }),
    lines({
      title: "How many bytes are read?",
      unit: "binBps",
      queries: [
        {
          expr: rateBy("topic", topicSeries("kafka_topic_bytes_out_total")),
          legend: "{{topic}}",
        },
      ],
    }),
    lines({
      title: "How large is each topic?",
      unit: "bytes",
      queries: [{ expr: `sum by (topic) (${topicSeries("kafka_log_size_bytes")})`, legend: "{{topic}}" }],
    }),
  ],
};

const requestsRow: Row = {
  title: "Requests and memory",
  panels: [
    lines({
      title: "How many requests do brokers answer?",
      unit: "reqps",
      queries: [
        {
          expr: rateBy("request", inNamespace("kafka_requests_total", requests)),
          legend: "{{request}}",
        },
      ],
    }),
    lines({
      title: "How long do 99 % of the requests take?",
      description: "A fetch waits for messages by design.",
      unit: "s",
      queries: [
        {
          expr: `max by (request) (${inNamespace("kafka_request_duration_seconds", `quantile="0.99",${requests}`)})`,
          legend: "{{request}}",
        },
      ],
    }),
    lines({
      title: "How much of the heap is used?",
      unit: "bytes",
      queries: [{ expr: `sum by (pod) (${usedHeap})`, legend: "{{pod}}" }],
    }),
  ],
};

/** Health, traffic and requests of Kafka. */
export const kafka = () =>
  board({
    name: "kafka",
    title: "Kafka",
    description: "Is Kafka healthy, and how much data flows through it?",
    rows: [state, traffic, requestsRow],
  });
