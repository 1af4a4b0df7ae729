/** The types of the console's API for documents. Documents of other programs may lack any field. */

/** A document in a list. Times are milliseconds since 1970. */
export interface DocumentRow {
  index: string;
  id: string;
  author: string | null;
  user: string | null;
  /** At most 500 characters. */
  text: string;
  polarity: number | null;
  subjectivity: number | null;
  sentences: number | null;
  /** The time of the score. */
  scored: number | null;
  /** The time of the post. */
  created: number | null;
}

/** A page of the matching documents. */
export interface DocumentPage {
  documents: DocumentRow[];
  /** The number of matching documents. */
  total: number;
  /** The parameter `cursor` of the next page; null after the last. */
  next: string | null;
}

/** Figures of all matching documents. */
export interface DocumentSummary {
  count: number;
  /** Means with six decimals; null without documents. */
  meanPolarity: number | null;
  meanSubjectivity: number | null;
  /** The histogram of polarity from -1, in steps of 0.1; the last bar includes 1. */
  polarity: Bar[];
  /** The histogram of subjectivity, from 0. */
  subjectivity: Bar[];
}

/** A bar of a histogram. */
export interface Bar {
  from: number;
  count: number;
}

/** The width of the bars. */
export const barWidth = 0.1;

/** A whole document and the analysis of its score. */
export interface DocumentDetail {
  index: string;
  id: string;
  /** The stored document. */
  document: Readonly<Record<string, unknown>>;
  row: DocumentRow;
  /** null for a document without a text. */
  analysis: DocumentAnalysis | null;
}

/** TextBlob's analysis of the text. */
export interface DocumentAnalysis {
  polarity: number;
  subjectivity: number;
  sentences: AnalysedSentence[];
  /** Whether the stored scores are equal; another engine or version may have computed them. */
  isStoredScore: boolean;
}

export interface AnalysedSentence {
  text: string;
  polarity: number;
  subjectivity: number;
  assessments: WordAssessment[];
}

/** Scored words, with the modifiers and negations that change them. */
export interface WordAssessment {
  words: string[];
  polarity: number;
  subjectivity: number;
  label: string | null;
}

/** The filter parameters of the API and of the page. */
export const filterParameters = [
  "q",
  "author",
  "polarityMin",
  "polarityBelow",
  "subjectivityMin",
  "subjectivityBelow",
  "last",
  "from",
  "to",
] as const;

/** The sort fields of documents. */
export const sortFields = ["scored", "created", "polarity", "subjectivity"] as const;
export type SortField = (typeof sortFields)[number];

/** The selectable time spans before now, in milliseconds. */
export const timePresets = {
  "15m": 15 * 60_000,
  "1h": 3_600_000,
  "24h": 24 * 3_600_000,
  "7d": 7 * 24 * 3_600_000,
  "30d": 30 * 24 * 3_600_000,
} as const;

/** Maximum documents of an export. */
export const maxExported = 100_000;
