import { analyze } from "@platform/textblob";
import { type StoredDocument, toText } from "./scored-post.ts";
import type { DocumentAnalysis } from "./view.ts";

/** The tolerance of a comparison: Elasticsearch indexes floats, but returns the original numbers. */
const precision = 1e-6;

/** Analyzes a document's text with TextBlob, and returns the words that contribute to its score; null without a text. */
export function analyzeDocument(document: StoredDocument): DocumentAnalysis | null {
  const text = toText(document["twitter.msg"]);
  if (text === null) return null;
  const { polarity, subjectivity, sentences } = analyze(text);
  return {
    polarity,
    subjectivity,
    sentences: sentences.map(({ assessments, ...sentence }) => ({
      ...sentence,
      assessments: assessments.map(({ words, ...assessment }) => ({ ...assessment, words: [...words] })),
    })),
    isStoredScore: isEqual(polarity, document.polarity) && isEqual(subjectivity, document.subjectivity),
  };
}

function isEqual(computed: number, stored: unknown): boolean {
  return typeof stored === "number" && Math.abs(computed - stored) < precision;
}
