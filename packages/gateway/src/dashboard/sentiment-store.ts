import type { SentimentSummary } from "./view.ts";

/** Where scored documents are: Elasticsearch, or the embedded store. On the same documents both give the same numbers. */
export interface SentimentStore {
  /**
   * The documents that were scored after `from`, until `to`.
   * @param step the length of a step of `overTime`; steps begin at multiples of it. All in milliseconds.
   */
  summarize(window: TimeWindow): Promise<SentimentSummary>;
  close(): Promise<void>;
}

export interface TimeWindow {
  from: number;
  to: number;
  step: number;
}

/** What a bar of the histogram covers: the book's query has it. */
export const histogramInterval = 0.5;
export const newestCount = 20;

/** All bars, also those without documents. */
export function histogramOf(counts: ReadonlyMap<number, number>): SentimentSummary["histogram"] {
  return [-1, -0.5, 0, 0.5, 1].map((from) => ({ from, count: counts.get(from) ?? 0 }));
}

/** A mean as both stores give it: they add up in different orders. */
export function roundedMean(mean: number): number {
  return Number(mean.toFixed(6));
}
