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

/** The sentiment of a text, with line ends as `\n`, by an engine; throws EmptyTextError (400) when it has no sentence. */
export function score(
  text: string,
  { engine, sentences }: { engine: EngineName; sentences: boolean },
): Score {
  const by = engines[engine];
  const scored = by.score(text);
  if (scored.sentence_count === 0) throw new EmptyTextError();
  return sentences ? { ...scored, sentences: by.sentences(text) } : scored;
}
