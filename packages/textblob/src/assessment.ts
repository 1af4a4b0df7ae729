/**
 * An item of TextBlob's `sentiment_assessments`: a known word with the words that changed its weight. The polarity and
 * subjectivity of a sentence are the means over its assessments.
 */
export interface Assessment {
  /** The word in lower case, with its modifier, negation and exclamation marks: `["not", "very", "good", "!"]`. */
  readonly words: readonly string[];
  /** -1 to 1. */
  readonly polarity: number;
  /** 0 to 1; a negation does not change it. */
  readonly subjectivity: number;
  /** `"mood"` for an emoticon, `"irony"` for `(!)`, `"profanity"` for a word listed as such. */
  readonly label: Label;
}

/** The kind of the last word in an {@link Assessment}. */
export type Label = "mood" | "irony" | "profanity" | null;
