import { InternalError } from "@platform/shared/errors/server-errors";
import { normalizeLineEnds } from "@platform/shared/text/normalize-line-ends";
import { score } from "@platform/textblob";
import { EmptyTweetError } from "../errors.ts";
import type { Metrics } from "../metrics.ts";
import type { Scorer } from "./scorer.ts";

/** Scores texts with the built-in engine, in this process. */
export function createEngineScorer({ timeEngine }: Pick<Metrics, "timeEngine">): Scorer {
  return {
    score: async (texts) => timeEngine(() => texts.map(scoreText)),
    close: () => undefined,
  };
}

function scoreText(text: string) {
  try {
    const { polarity, subjectivity, sentenceCount } = score(normalizeLineEnds(text));
    return sentenceCount === 0
      ? new EmptyTweetError()
      : { polarity, subjectivity, sentence_count: sentenceCount };
  } catch (error) {
    return new InternalError(error); // a bug that one text triggers must not block the other texts
  }
}
