import type { Assessment } from "./assessment.ts";
import { chooseEngine } from "./engine.ts";
import { assertText } from "./text-type-error.ts";

/** A sentence with its sentiment: TextBlob's `Sentence.raw` and `Sentence.sentiment`. */
export interface SentenceScore {
  /** The sentence, unchanged. */
  readonly text: string;
  /** -1 to 1: the mean over the assessments of the sentence, 0 without any. */
  readonly polarity: number;
  /** 0 to 1: the mean over the assessments of the sentence, 0 without any. */
  readonly subjectivity: number;
}

/** A sentence with the reasons for its score: TextBlob's `Sentence.sentiment_assessments`. */
export interface SentenceAnalysis extends SentenceScore {
  readonly assessments: readonly Assessment[];
}

/** The sentiment of a text. */
export interface TextAnalysis {
  /** -1 to 1: the mean polarity of the sentences, 0 without sentences. */
  readonly polarity: number;
  /** 0 to 1: the mean subjectivity of the sentences, 0 without sentences. */
  readonly subjectivity: number;
  /** In the order of the text; empty for a text that is empty or only white space. */
  readonly sentences: readonly SentenceAnalysis[];
}

/**
 * Returns the sentiment of a text and of each sentence, with the words behind it. The numbers are identical, bit for bit, to
 * TextBlob 0.20.1 (its default analyser, from pattern) over the sentences of NLTK 3.10.4 on Python 3.11.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function analyze(text: string): TextAnalysis {
  assertText(text);
  const engine = chooseEngine(text);
  const sentences: SentenceAnalysis[] = [];
  engine.visit(text, true, (start, end, polarity, subjectivity, assessments) => {
    sentences.push({ text: text.slice(start, end), polarity, subjectivity, assessments });
  });
  return { polarity: engine.polarity, subjectivity: engine.subjectivity, sentences };
}

/**
 * Returns the sentences of a text with their scores, without assessments.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function scoreSentences(text: string): SentenceScore[] {
  assertText(text);
  const sentences: SentenceScore[] = [];
  chooseEngine(text).visit(text, false, (start, end, polarity, subjectivity) => {
    sentences.push({ text: text.slice(start, end), polarity, subjectivity });
  });
  return sentences;
}

/**
 * Splits a text into sentences like TextBlob's `blob.sentences`, which uses NLTK's English Punkt tokenizer. White space
 * between sentences is dropped; white space before the first sentence stays.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function splitSentences(text: string): string[] {
  assertText(text);
  const sentences: string[] = [];
  chooseEngine(text).split(text, (start, end) => {
    sentences.push(text.slice(start, end));
  });
  return sentences;
}
