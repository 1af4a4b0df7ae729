import type { Batch } from "@platform/shared/function/batch";
import { queryChoice } from "@platform/shared/function/query-choice";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import { type EngineName, engineNames } from "./engine-names.ts";
import { parseTexts } from "./parse-texts.ts";

/** A call of the sentiment function. */
export interface ScoreCall {
  texts: Batch<string>;
  engine: EngineName;
  /** Whether to score each sentence as well. */
  sentences: boolean;
}

/** Parses a call: `?engine=pattern|afinn`, `?detail=sentences` and the texts in its body. */
export function parse(request: FunctionRequest, config: Config): ScoreCall {
  request.rejectUnknownQuery(["detail", "engine"]);
  return {
    engine: queryChoice(request, "engine", engineNames) ?? config.SENTIMENT_ENGINE,
    sentences: queryChoice(request, "detail", ["sentences"]) !== undefined,
    texts: parseTexts(request, config.MAX_BATCH_ITEMS),
  };
}
