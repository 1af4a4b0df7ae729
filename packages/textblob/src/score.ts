import { chooseEngine } from "./engine.ts";
import { assertText } from "./text-type-error.ts";

/** The sentiment of a whole text: the means over its sentences, not rounded. */
export interface TextScore {
  /** -1 (negative) to 1 (positive); 0 for a text without sentences. */
  readonly polarity: number;
  /** 0 (objective) to 1 (subjective); 0 for a text without sentences. */
  readonly subjectivity: number;
  /** The number of sentences; 0 only for a text that is empty or only white space. */
  readonly sentenceCount: number;
}

/**
 * Returns the means over the sentences of a text, like `analyze` without the details. Allocates only the result, so it suits
 * large numbers of texts.
 *
 * @throws TextTypeError if `text` is not a string
 */
export function score(text: string): TextScore {
  assertText(text);
  const engine = chooseEngine(text);
  const sentenceCount = engine.score(text);
  return { polarity: engine.polarity, subjectivity: engine.subjectivity, sentenceCount };
}
