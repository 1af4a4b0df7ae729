import type { Batch } from "@platform/shared/function/batch";
import type { Metrics } from "./metrics.ts";
import type { ScoreCall } from "./parse.ts";
import { score } from "./score.ts";
import type { Score } from "./text-score.ts";

/** Scores each text of a call. */
export function scoreTexts({ texts, engine, sentences }: ScoreCall, { timeEngine }: Metrics): Batch<Score> {
  return timeEngine(() => texts.map((text) => score(text, { engine, sentences })));
}
