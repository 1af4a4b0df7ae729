import { hostOf } from "@platform/shared/clients/peer-error";
import { createElasticsearchConnection } from "@platform/shared/elasticsearch/elasticsearch-connection";
import { elasticsearchError } from "@platform/shared/elasticsearch/elasticsearch-error";
import type { ElasticsearchConfig } from "@platform/shared/elasticsearch/elasticsearch-settings";
import { openElasticsearch } from "@platform/shared/elasticsearch/open-elasticsearch";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { postOf, type StoredDocument } from "./scored-post.ts";
import {
  histogramInterval,
  histogramOf,
  newestCount,
  roundedMean,
  type SentimentStore,
  type TimeWindow,
} from "./sentiment-store.ts";

const patience = 5_000;
const indexes = "sentiment-*";

/** The documents in Elasticsearch's indexes `sentiment-*`, by queries. */
export function elasticsearchStore(url: string, config: ElasticsearchConfig): SentimentStore {
  const connection = createElasticsearchConnection(() => openElasticsearch(url, config));
  const peer = { setting: "ELASTICSEARCH_URL", host: hostOf(url) };
  return {
    async summarize(window) {
      try {
        const answer = await connection.request((client) =>
          client.search(queryOf(window), { requestTimeout: patience }),
        );
        return summaryOf(window, answer as unknown as SearchAnswer);
      } catch (cause) {
        // A secret that is missing.
        if (cause instanceof PlatformError) throw cause;
        throw statusOf(cause) === 400 ? new MappingError(cause) : elasticsearchError(peer, cause);
      }
    },
    close: () => connection.close(),
  };
}

/** 502: the indexes were made without the platform's template, so that dates are texts. */
class MappingError extends PlatformError {
  constructor(cause: unknown) {
    const detail =
      "ELASTICSEARCH_URL: an index sentiment-* lacks the mapping of deploy/base/elasticsearch/sentiment-index-template.json.";
    super({ status: 502, code: "mapping_missing", detail, cause });
  }
}

function statusOf(cause: unknown): number | undefined {
  return (cause as { statusCode?: number }).statusCode;
}

/** The book's histogram, with the mean, the course over time and the newest documents beside it. */
function queryOf({ from, to, step }: TimeWindow) {
  const time = { field: "Date", fixed_interval: `${step}ms`, min_doc_count: 1 };
  const mean = { avg: { field: "polarity" } };
  const bars = { field: "polarity", interval: histogramInterval, min_doc_count: 1 };
  const latest = (field: string, type: string) => ({
    [field]: { order: "desc" as const, unmapped_type: type },
  });
  return {
    index: indexes,
    size: newestCount,
    track_total_hits: true,
    // An index that cannot be read is an error, not a smaller count.
    allow_partial_search_results: false,
    _source: ["twitter.handle", "twitter.user", "twitter.msg", "polarity", "subjectivity", "Date"],
    query: { range: { Date: { gt: from, lte: to, format: "epoch_millis" } } },
    // Date has whole seconds.
    sort: [
      latest("Date", "date"),
      latest("X-Start-Time", "date"),
      latest("twitter.created_at", "date"),
      { "twitter.handle": { order: "asc" as const, unmapped_type: "keyword" } },
    ],
    aggs: { mean, bars: { histogram: bars }, time: { date_histogram: time, aggs: { mean } } },
  };
}

interface SearchAnswer {
  hits: { total: { value: number }; hits: { _source: StoredDocument }[] };
  aggregations?: {
    mean: { value: number | null };
    bars: { buckets: { key: number; doc_count: number }[] };
    time: { buckets: { key: number; doc_count: number; mean: { value: number | null } }[] };
  };
}

function summaryOf({ from, to }: TimeWindow, { hits, aggregations }: SearchAnswer) {
  const { mean, bars, time } = aggregations ?? {};
  return {
    from,
    to,
    count: hits.total.value,
    mean: mean?.value == null ? null : roundedMean(mean.value),
    histogram: histogramOf(new Map(bars?.buckets.map(({ key, doc_count: count }) => [key, count]))),
    overTime: (time?.buckets ?? []).flatMap(({ key, doc_count: count, mean }) =>
      mean.value === null ? [] : [{ time: key, count, mean: roundedMean(mean.value) }],
    ),
    newest: hits.hits.map(({ _source: document }) => postOf(document)),
  };
}
