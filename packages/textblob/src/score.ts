import { engineFor } from "./engine.ts";
import { assertText } from "./text-type-error.ts";

/** The sentiment of a whole text: plain means over its sentences, not rounded. */
export interface TextScore {
  /** -1 (negative) to 1 (positive); 0 for a text without sentences. */
  readonly polarity: number;
  /** 0 (objective) to 1 (subjective); 0 for a text without sentences. */
  readonly subjectivity: number;
  /** How many sentences there are; 0 only for an empty text or one of white space alone. */
  readonly sentenceCount: number;
}

/**
 * The means of a text's sentence scores, what `analyze` gives without the details. It allocates nothing but the
 * result, so it is the function for many texts.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function score(text: string): TextScore {
  assertText(text);
  const engine = engineFor(text);
  const sentenceCount = engine.score(text);
  return { polarity: engine.polarity, subjectivity: engine.subjectivity, sentenceCount };
}
