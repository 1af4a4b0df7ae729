import type { Assessment } from "./assessment.ts";
import { engineFor } from "./engine.ts";
import { assertText } from "./text-type-error.ts";

/** A sentence and its sentiment, as TextBlob's `Sentence.raw` and `Sentence.sentiment`. */
export interface SentenceScore {
  /** The sentence as it stands in the text. */
  readonly text: string;
  /** -1 to 1: the mean over what is known in the sentence, 0 if nothing is. */
  readonly polarity: number;
  /** 0 to 1, likewise. */
  readonly subjectivity: number;
}

/** A sentence with the reasons for its score, as TextBlob's `Sentence.sentiment_assessments`. */
export interface SentenceAnalysis extends SentenceScore {
  readonly assessments: readonly Assessment[];
}

/** The sentiment of a text. */
export interface TextAnalysis {
  /** -1 to 1: the plain mean of the sentences' polarities, 0 if there are none. */
  readonly polarity: number;
  /** 0 to 1: the plain mean of the sentences' subjectivities, 0 if there are none. */
  readonly subjectivity: number;
  /** In the order of the text; empty for a text that is empty or white space alone. */
  readonly sentences: readonly SentenceAnalysis[];
}

/**
 * The sentiment of a text and of each of its sentences, with the words that made it: the numbers of TextBlob 0.20.1
 * (its default analyser, from pattern) over the sentences of NLTK 3.10.4 on Python 3.11, bit for bit.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function analyze(text: string): TextAnalysis {
  assertText(text);
  const engine = engineFor(text);
  const sentences: SentenceAnalysis[] = [];
  engine.visit(text, true, (start, end, polarity, subjectivity, assessments) => {
    sentences.push({ text: text.slice(start, end), polarity, subjectivity, assessments });
  });
  return { polarity: engine.polarity, subjectivity: engine.subjectivity, sentences };
}

/**
 * The sentences of a text with their scores, without assessments.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function scoreSentences(text: string): SentenceScore[] {
  assertText(text);
  const sentences: SentenceScore[] = [];
  engineFor(text).visit(text, false, (start, end, polarity, subjectivity) => {
    sentences.push({ text: text.slice(start, end), polarity, subjectivity });
  });
  return sentences;
}

/**
 * The sentences of a text as TextBlob's `blob.sentences` has them: NLTK's English Punkt tokenizer. White space between
 * sentences belongs to none, white space before the first one stays.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function splitSentences(text: string): string[] {
  assertText(text);
  const sentences: string[] = [];
  engineFor(text).split(text, (start, end) => {
    sentences.push(text.slice(start, end));
  });
  return sentences;
}
