import { barOffset, createBars } from "../bars.ts";
import { roundedMean } from "../document-store.ts";
import type { Condition } from "../search/condition.ts";
import { barWidth, type DocumentSummary } from "../view.ts";
import type { Ask } from "./ask.ts";
import { elasticsearchQuery } from "./query.ts";
import { readTotal } from "./summarize-window.ts";

/** Counts the matching documents and their distribution. */
export async function summarizeElasticsearch(
  ask: Ask,
  condition: Condition | undefined,
  signal?: AbortSignal,
): Promise<DocumentSummary> {
  const request = {
    size: 0,
    track_total_hits: true,
    query: elasticsearchQuery(condition),
    aggs: { ...createAggregations("polarity"), ...createAggregations("subjectivity") },
  };
  const { hits, aggregations = {} } = await ask(request, signal);
  const readMean = (field: string) => {
    const { value } = (aggregations[`${field}_mean`] ?? { value: null }) as { value: number | null };
    return value === null ? null : roundedMean(value);
  };
  const readCounts = (field: string) => {
    const { buckets } = (aggregations[`${field}_bars`] ?? { buckets: [] }) as { buckets: Bucket[] };
    return new Map(
      buckets.map(({ key, doc_count: count }) => [Math.round((key + barOffset) / barWidth), count]),
    );
  };
  return {
    count: readTotal(hits.total),
    meanPolarity: readMean("polarity"),
    meanSubjectivity: readMean("subjectivity"),
    polarity: createBars(-1, readCounts("polarity")),
    subjectivity: createBars(0, readCounts("subjectivity")),
  };
}

interface Bucket {
  key: number;
  doc_count: number;
}

function createAggregations(field: string) {
  return {
    [`${field}_mean`]: { avg: { field } },
    // Elasticsearch takes the offset modulo the interval.
    [`${field}_bars`]: {
      histogram: { field, interval: barWidth, offset: barWidth - barOffset, min_doc_count: 1 },
    },
  };
}
