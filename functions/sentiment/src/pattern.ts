import { score } from "@platform/textblob";
import type { Score } from "./text-score.ts";

/** Scores a text like TextBlob: the means over its sentences. */
export function scoreByPattern(text: string): Score {
  const { polarity, subjectivity, sentenceCount } = score(text);
  return { polarity, sentence_count: sentenceCount, subjectivity };
}
