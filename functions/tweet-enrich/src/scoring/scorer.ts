import type { PlatformError } from "@platform/shared/errors/platform-error";

/** The numbers of a text. */
export interface Sentiment {
  /** From -1 to 1. */
  polarity: number;
  /** From 0 to 1. */
  subjectivity: number;
  sentence_count: number;
}

/** What scores texts. */
export interface Scorer {
  /**
   * One sentiment, or the text's error, for each text, in order.
   * @throws a PlatformError from 500 up when it cannot score at all, also when the signal fires.
   */
  score(texts: readonly string[], signal: AbortSignal): Promise<(Sentiment | PlatformError)[]>;
  /** Closes its connections. */
  close(): void;
}
