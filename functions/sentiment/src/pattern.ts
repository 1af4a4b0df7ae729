import { score, scoreSentences } from "@platform/textblob";
import type { Score, SentenceScore } from "./score.ts";

/** Scores a text as TextBlob does: the means over its sentences. */
export function scoreByPattern(text: string): Score {
  const { polarity, subjectivity, sentenceCount } = score(text);
  return { polarity, sentence_count: sentenceCount, subjectivity };
}

/** Each sentence of a text with TextBlob's scores. */
export function sentencesByPattern(text: string): SentenceScore[] {
  return scoreSentences(text);
}
