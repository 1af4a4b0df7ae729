import type { SentimentSummary } from "../../live/view.ts";
import {
  histogramInterval,
  newestCount,
  roundedMean,
  type TimeWindow,
  toHistogram,
} from "../document-store.ts";
import { toPost } from "../scored-post.ts";
import type { Ask } from "./ask.ts";

/** Summarizes a time window: the book's histogram, the mean, the mean over time, and the newest documents. */
export async function summarizeWindow(ask: Ask, window: TimeWindow): Promise<SentimentSummary> {
  const { from, to } = window;
  const { hits, aggregations } = await ask(toRequest(window));
  const { mean, bars, time } = (aggregations ?? {}) as Partial<Aggregations>;
  return {
    from,
    to,
    count: readTotal(hits.total),
    mean: mean?.value == null ? null : roundedMean(mean.value),
    histogram: toHistogram(new Map(bars?.buckets.map(({ key, doc_count: count }) => [key, count]))),
    overTime: (time?.buckets ?? []).flatMap(({ key, doc_count: count, mean: bucketMean }) =>
      bucketMean.value === null ? [] : [{ time: key, count, mean: roundedMean(bucketMean.value) }],
    ),
    newest: hits.hits.map(({ _index: index, _id: id, _source: document }) =>
      toPost({ index, id: id! }, document!),
    ),
  };
}

/** Returns the exact number of hits. */
export function readTotal(total: number | { value: number } | undefined): number {
  return typeof total === "number" ? total : (total?.value ?? 0);
}

interface Aggregations {
  mean: { value: number | null };
  bars: { buckets: { key: number; doc_count: number }[] };
  time: { buckets: { key: number; doc_count: number; mean: { value: number | null } }[] };
}

function toRequest({ from, to, step }: TimeWindow) {
  const time = { field: "Date", fixed_interval: `${step}ms`, min_doc_count: 1 };
  const mean = { avg: { field: "polarity" } };
  const bars = { field: "polarity", interval: histogramInterval, min_doc_count: 1 };
  const latest = (field: string) => ({ [field]: { order: "desc" as const, unmapped_type: "date" as const } });
  return {
    size: newestCount,
    track_total_hits: true,
    _source: ["twitter.handle", "twitter.user", "twitter.msg", "polarity", "subjectivity", "Date"],
    query: { range: { Date: { gt: from, lte: to, format: "epoch_millis" } } },
    // The field Date has a precision of seconds.
    sort: [
      latest("Date"),
      latest("X-Start-Time"),
      latest("twitter.created_at"),
      { "twitter.handle": { order: "asc" as const, unmapped_type: "keyword" as const } },
    ],
    aggs: { mean, bars: { histogram: bars }, time: { date_histogram: time, aggs: { mean } } },
  };
}
