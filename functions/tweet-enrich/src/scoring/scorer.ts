import type { PlatformError } from "@platform/shared/errors/platform-error";

/** The scores of a text. */
export interface Sentiment {
  /** From -1 to 1. */
  polarity: number;
  /** From 0 to 1. */
  subjectivity: number;
  sentence_count: number;
}

/** Scores texts. */
export interface Scorer {
  /**
   * Returns one sentiment or error for each text, in order.
   * @throws a PlatformError with a 5xx status when scoring fails as a whole, or when the signal aborts.
   */
  score(texts: readonly string[], signal: AbortSignal): Promise<(Sentiment | PlatformError)[]>;
  /** Closes the connections. */
  close(): void;
}
