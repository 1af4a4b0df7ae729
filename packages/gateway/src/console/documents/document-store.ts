import type { SentimentSummary } from "../live/view.ts";
import type { StoredDocument } from "./scored-post.ts";
import type { Condition } from "./search/condition.ts";
import type { DocumentSummary, SortField } from "./view.ts";

/** Where scored documents are: Elasticsearch, or the embedded store. On the same documents both give the same numbers. */
export interface DocumentStore {
  /**
   * The documents that were scored after `from`, until `to`.
   * @param step the length of a step of `overTime`; steps begin at multiples of it. All in milliseconds.
   */
  summarize(window: TimeWindow): Promise<SentimentSummary>;
  /** A page of the documents that match, in a total order. @throws InvalidCursorError (400) */
  search(search: DocumentSearch): Promise<FoundDocuments>;
  /** How many documents match, and their distribution. */
  summarizeMatches(condition: Condition | undefined, signal?: AbortSignal): Promise<DocumentSummary>;
  /** Returns undefined if there is no such document. */
  read(key: DocumentKey, signal?: AbortSignal): Promise<StoredDocument | undefined>;
  close(): Promise<void>;
}

/** Names a document of the store. */
export interface DocumentKey {
  index: string;
  id: string;
}

export interface DocumentSearch {
  /** Undefined: all documents. */
  condition: Condition | undefined;
  /** Documents of equal value follow in the order of their times, newest first, their author, index and id. One without a value is the least. */
  sort: SortField;
  isDescending: boolean;
  size: number;
  /** From the page before. */
  cursor?: string | undefined;
  /** Whether `total` is needed; if not, it may be 0. Default: true. */
  isCounted?: boolean;
  signal?: AbortSignal | undefined;
}

export interface FoundDocuments {
  documents: (DocumentKey & { document: StoredDocument })[];
  total: number;
  next: string | null;
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
