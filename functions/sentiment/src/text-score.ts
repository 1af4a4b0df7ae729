import type { SentenceScore } from "@platform/textblob";

/** The sentiment of a text. */
export interface Score {
  /** From -1 (negative) to 1 (positive). */
  polarity: number;
  sentence_count: number;
  /** From 0 (a fact) to 1 (an opinion). */
  subjectivity: number;
  /** Present with `?detail=sentences`. */
  sentences?: SentenceScore[];
}
