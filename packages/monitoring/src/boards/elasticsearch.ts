import { board, type Row } from "../board.ts";
import { inNamespace } from "../expressions.ts";
import { lines, number } from "../panels.ts";

const rate = (metric: string) => `rate(${inNamespace(metric)}[$__rate_interval])`;
const availableShare = `${inNamespace("elasticsearch_filesystem_data_available_bytes")} / ${inNamespace("elasticsearch_filesystem_data_size_bytes")}`;

const state: Row = {
  title: "Is Elasticsearch healthy?",
  panels: [
    number({
      title: "Is a primary shard missing?",
      description: "1 while the cluster's health is red.",
      unit: "short",
      badFrom: 1,
      queries: [
        { expr: `max(${inNamespace("elasticsearch_cluster_health_status", 'color="red"')})`, legend: "red" },
      ],
    }),
    number({
      title: "How many shards are not allocated?",
      unit: "short",
      badFrom: 1,
      queries: [
        {
          expr: `max(${inNamespace("elasticsearch_cluster_health_unassigned_shards")})`,
          legend: "unassigned",
        },
      ],
    }),
    number({
      title: "How many nodes are there?",
      unit: "short",
      badBelow: 1,
      queries: [
        { expr: `max(${inNamespace("elasticsearch_cluster_health_number_of_nodes")})`, legend: "nodes" },
      ],
    }),
    number({
      title: "How many documents are there?",
      unit: "short",
      queries: [{ expr: `sum(${inNamespace("elasticsearch_indices_docs")})`, legend: "documents" }],
    }),
    number({
      title: "How large are the indexes?",
      unit: "bytes",
      queries: [{ expr: `sum(${inNamespace("elasticsearch_indices_store_size_bytes")})`, legend: "size" }],
    }),
    number({
      title: "What share of the disk is free?",
      unit: "percentunit",
      badBelow: 0.15,
      queries: [{ expr: `min(${availableShare})`, legend: "free" }],
    }),
  ],
};

const load: Row = {
  title: "Load",
  panels: [
    lines({
      title: "How many documents are indexed?",
      unit: "ops",
      queries: [
        {
          expr: `sum by (name) (${rate("elasticsearch_indices_indexing_index_total")})`,
          legend: "{{name}}",
        },
      ],
    }),
    lines({
      title: "How long does indexing a document take?",
      unit: "s",
      queries: [
        {
          expr: `sum by (name) (${rate("elasticsearch_indices_indexing_index_time_seconds_total")}) / sum by (name) (${rate("elasticsearch_indices_indexing_index_total")})`,
          legend: "{{name}}",
        },
      ],
    }),
    lines({
      title: "How many searches are made?",
      description: "A search counts once for each shard.",
      unit: "ops",
      queries: [
        {
          expr: `sum by (name) (${rate("elasticsearch_indices_search_query_total")})`,
          legend: "{{name}}",
        },
      ],
    }),
    lines({
      title: "Which thread pools refuse work?",
      unit: "ops",
      queries: [
        {
          expr: `sum by (type) (${rate("elasticsearch_thread_pool_rejected_count")})`,
          legend: "{{type}}",
        },
      ],
    }),
  ],
};

const resources: Row = {
  title: "Memory and disk",
  panels: [
    lines({
      title: "What share of the heap is used?",
      unit: "percentunit",
      queries: [
        {
          expr: `sum by (name) (${inNamespace("elasticsearch_jvm_memory_used_bytes", 'area="heap"')}) / sum by (name) (${inNamespace("elasticsearch_jvm_memory_max_bytes", 'area="heap"')})`,
          legend: "{{name}}",
        },
      ],
    }),
    lines({
      title: "What share of the time is garbage collection?",
      unit: "percentunit",
      queries: [
        {
          expr: `sum by (name) (${rate("elasticsearch_jvm_gc_collection_seconds_sum")})`,
          legend: "{{name}}",
        },
      ],
    }),
    lines({
      title: "How much disk is free?",
      unit: "bytes",
      queries: [{ expr: inNamespace("elasticsearch_filesystem_data_available_bytes"), legend: "{{name}}" }],
    }),
    lines({
      title: "Which circuit breakers have tripped?",
      unit: "ops",
      queries: [
        { expr: `sum by (breaker) (${rate("elasticsearch_breakers_tripped")})`, legend: "{{breaker}}" },
      ],
    }),
  ],
};

/** Health, indexing and searches of Elasticsearch. */
export const elasticsearch = () =>
  board({
    name: "elasticsearch",
    title: "Elasticsearch",
    description: "Is Elasticsearch healthy, and how much does it index and search?",
    rows: [state, load, resources],
  });
