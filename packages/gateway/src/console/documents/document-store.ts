import type { SentimentSummary } from "../live/view.ts";
import type { StoredDocument } from "./scored-post.ts";
import type { Condition } from "./search/condition.ts";
import type { DocumentSummary, SortField } from "./view.ts";

/** A store of scored documents: Elasticsearch or the embedded store. Both return the same results for the same documents. */
export interface DocumentStore {
  /**
   * Summarizes the documents scored after `from` and until `to`, in milliseconds since 1970.
   * @param step the length of a step of `overTime`, in milliseconds; steps start at multiples of it
   */
  summarize(window: TimeWindow): Promise<SentimentSummary>;
  /** Returns a page of the matching documents, in a total order. @throws InvalidCursorError (400) */
  search(search: DocumentSearch): Promise<FoundDocuments>;
  /** Returns the number of matching documents and their distribution. */
  summarizeMatches(condition: Condition | undefined, signal?: AbortSignal): Promise<DocumentSummary>;
  /** Returns a document; undefined if it does not exist. */
  read(key: DocumentKey, signal?: AbortSignal): Promise<StoredDocument | undefined>;
  close(): Promise<void>;
}

/** Identifies a document of the store. */
export interface DocumentKey {
  index: string;
  id: string;
}

export interface DocumentSearch {
  /** Undefined: all documents. */
  condition: Condition | undefined;
  /** Documents with equal values are ordered by time, newest first, then by author, index and id. A missing value is the least. */
  sort: SortField;
  isDescending: boolean;
  size: number;
  /** The cursor of the previous page. */
  cursor?: string | undefined;
  /** Whether to count `total`; otherwise it may be 0. Default: true. */
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

/** The width of a histogram's bar, as in the book's query. */
export const histogramInterval = 0.5;
export const newestCount = 20;

/** Returns all bars, including empty ones. */
export function toHistogram(counts: ReadonlyMap<number, number>): SentimentSummary["histogram"] {
  return [-1, -0.5, 0, 0.5, 1].map((from) => ({ from, count: counts.get(from) ?? 0 }));
}

/** Rounds a mean, because the stores sum in different orders. */
export function roundedMean(mean: number): number {
  return Number(mean.toFixed(6));
}
