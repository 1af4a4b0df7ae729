/**
 * What TextBlob's `sentiment_assessments` says about a known word together with what changed its weight.
 * The polarity of a sentence is the mean of its assessments' polarities, and so for subjectivity.
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

/** What kind of word an {@link Assessment} ends with. */
export type Label = "mood" | "irony" | "profanity" | null;
