import { type SentenceScore, splitSentences } from "@platform/textblob";

import Sentiment = require("sentiment");

import type { Score } from "./text-score.ts";

const afinn = new Sentiment();
/** AFINN rates words from -5 to 5, so the mean of a text (`comparative`) has the same range. */
const maxRating = 5;

/**
 * Scores a text by AFINN. `polarity` is the mean rating of all words, scaled to -1..1; `subjectivity` is the share of rated
 * words, 0..1; `sentence_count` counts sentences as TextBlob splits them.
 */
export function scoreByAfinn(text: string): Score {
  return { ...computeMeans(text), sentence_count: splitSentences(text).length };
}

/** Scores each sentence of a text by AFINN. */
export function sentencesByAfinn(text: string): SentenceScore[] {
  return splitSentences(text).map((sentence) => ({ text: sentence, ...computeMeans(sentence) }));
}

function computeMeans(text: string): { polarity: number; subjectivity: number } {
  const { comparative, words, tokens } = afinn.analyze(text);
  return {
    polarity: comparative / maxRating,
    subjectivity: tokens.length === 0 ? 0 : words.length / tokens.length,
  };
}
