import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import type { Batch } from "@platform/shared/function/batch";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import { type EngineName, engineNames } from "./engine-names.ts";
import { parseTexts } from "./parse-texts.ts";

/** A call of the sentiment function. */
export interface ScoreCall {
  texts: Batch<string>;
  engine: EngineName;
  /** Each sentence's scores too? */
  sentences: boolean;
}

/** What a call asks for: `?engine=pattern|afinn`, `?detail=sentences` and the texts of its body. */
export function parse(request: FunctionRequest, config: Config): ScoreCall {
  return {
    engine: choice(request, "engine", engineNames) ?? config.SENTIMENT_ENGINE,
    sentences: choice(request, "detail", ["sentences"] as const) !== undefined,
    texts: parseTexts(request, config.MAX_BATCH_ITEMS),
  };
}

function choice<const Name extends string>(
  request: FunctionRequest,
  parameter: string,
  names: readonly Name[],
): Name | undefined {
  const value = request.query(parameter);
  const name = names.find((known) => known === value);
  if (value !== undefined && name === undefined) {
    throw new InvalidQueryError({ parameter, allowed: names.join(" or ") });
  }
  return name;
}
