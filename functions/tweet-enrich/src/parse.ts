import { queryChoice } from "@platform/shared/function/query-choice";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import type { TweetCall } from "./enrich-tweets.ts";
import { readOrigin } from "./origin.ts";
import { parseTweets } from "./parse-tweets.ts";

/** Parses a call: the tweets in its body, its origin, and `?detail=tweet`. */
export function parse(request: FunctionRequest, config: Config): TweetCall {
  request.rejectUnknownQuery(["detail"]);
  return {
    detail: queryChoice(request, "detail", ["tweet"]),
    tweets: parseTweets(request, config),
    origin: readOrigin(request, config),
  };
}
