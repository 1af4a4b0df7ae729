/** What the console's server and its page say to each other about documents. Of a document of another writer, any field may be missing. */

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
  /** When it was scored. */
  scored: number | null;
  /** When the post was written. */
  created: number | null;
}

/** A page of the documents that match. */
export interface DocumentPage {
  documents: DocumentRow[];
  /** How many documents match. */
  total: number;
  /** The parameter `cursor` of the next page; null after the last. */
  next: string | null;
}

/** Figures of all documents that match. */
export interface DocumentSummary {
  count: number;
  /** Means with six decimals; null without documents. */
  meanPolarity: number | null;
  meanSubjectivity: number | null;
  /** How many documents have a polarity from -1, -0.9, …; the last bar includes 1. */
  polarity: Bar[];
  /** The same of subjectivity, from 0. */
  subjectivity: Bar[];
}

/** A bar of a histogram. */
export interface Bar {
  from: number;
  count: number;
}

/** The width of the bars. */
export const barWidth = 0.1;

/** A whole document, and how its score came about. */
export interface DocumentDetail {
  index: string;
  id: string;
  /** As it is stored. */
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
  /** Whether the stored scores are these; another engine or version may have made them. */
  isStoredScore: boolean;
}

export interface AnalysedSentence {
  text: string;
  polarity: number;
  subjectivity: number;
  assessments: WordAssessment[];
}

/** Words that count, with the modifiers and negations that change them. */
export interface WordAssessment {
  words: string[];
  polarity: number;
  subjectivity: number;
  label: string | null;
}

/** The parameters that select documents, of the API and of the page. */
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

/** What documents can be sorted by. */
export const sortFields = ["scored", "created", "polarity", "subjectivity"] as const;
export type SortField = (typeof sortFields)[number];

/** The spans of time before now that can be chosen, in milliseconds. */
export const timePresets = {
  "15m": 15 * 60_000,
  "1h": 3_600_000,
  "24h": 24 * 3_600_000,
  "7d": 7 * 24 * 3_600_000,
  "30d": 30 * 24 * 3_600_000,
} as const;

/** The most documents of an export. */
export const mostExported = 100_000;
