import { type SentenceScore, splitSentences } from "@platform/textblob";

import Sentiment = require("sentiment");

import type { Score } from "./text-score.ts";

const afinn = new Sentiment();
/** AFINN rates words from -5 to 5, so a text's mean (`comparative`) lies there too. */
const strongest = 5;

/**
 * Scores a text by AFINN. polarity: the mean rating of all words, brought to -1..1; subjectivity: rated words by
 * all words, 0..1; sentence_count: the sentences as TextBlob splits them.
 */
export function scoreByAfinn(text: string): Score {
  return { ...meansOf(text), sentence_count: splitSentences(text).length };
}

/** Each sentence of a text with its AFINN scores. */
export function sentencesByAfinn(text: string): SentenceScore[] {
  return splitSentences(text).map((sentence) => ({ text: sentence, ...meansOf(sentence) }));
}

function meansOf(text: string): { polarity: number; subjectivity: number } {
  const { comparative, words, tokens } = afinn.analyze(text);
  return {
    polarity: comparative / strongest,
    subjectivity: tokens.length === 0 ? 0 : words.length / tokens.length,
  };
}
