import { scoreSentences } from "@platform/textblob";
import { scoreByAfinn, sentencesByAfinn } from "./afinn.ts";
import type { EngineName } from "./engine-names.ts";
import { EmptyTextError } from "./errors.ts";
import { scoreByPattern } from "./pattern.ts";
import type { Score } from "./text-score.ts";

const engines = {
  pattern: { score: scoreByPattern, sentences: scoreSentences },
  afinn: { score: scoreByAfinn, sentences: sentencesByAfinn },
} satisfies Record<EngineName, unknown>;

/**
 * Scores a text, whose line ends must be `\n`.
 * @throws EmptyTextError (400) when the text has no sentence.
 */
export function score(
  text: string,
  { engine, sentences }: { engine: EngineName; sentences: boolean },
): Score {
  const scorer = engines[engine];
  const scored = scorer.score(text);
  if (scored.sentence_count === 0) throw new EmptyTextError();
  return sentences ? { ...scored, sentences: scorer.sentences(text) } : scored;
}
