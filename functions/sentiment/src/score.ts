import { normalizeLineEnds } from "@platform/shared/text/normalize-line-ends";
import { type SentenceScore, scoreSentences } from "@platform/textblob";
import { scoreByAfinn, sentencesByAfinn } from "./afinn.ts";
import type { EngineName } from "./engine-names.ts";
import { EmptyTextError } from "./errors.ts";
import { scoreByPattern } from "./pattern.ts";

/** The sentiment of a text. */
export interface Score {
  /** From -1 (negative) to 1 (positive). */
  polarity: number;
  sentence_count: number;
  /** From 0 (a fact) to 1 (an opinion). */
  subjectivity: number;
  /** Present when asked for. */
  sentences?: SentenceScore[];
}

const engines = {
  pattern: { score: scoreByPattern, sentences: scoreSentences },
  afinn: { score: scoreByAfinn, sentences: sentencesByAfinn },
} satisfies Record<EngineName, unknown>;

/** The sentiment of a text by an engine; throws EmptyTextError (400) when it has no sentence. */
export function score(
  text: string,
  { engine, sentences }: { engine: EngineName; sentences: boolean },
): Score {
  const by = engines[engine];
  const lines = normalizeLineEnds(text);
  const scored = by.score(lines);
  if (scored.sentence_count === 0) throw new EmptyTextError();
  return sentences ? { ...scored, sentences: by.sentences(lines) } : scored;
}
