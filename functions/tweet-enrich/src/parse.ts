import { queryChoice } from "@platform/shared/function/query-choice";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";
import type { TweetCall } from "./enrich-tweets.ts";
import { originOf } from "./origin.ts";
import { parseTweets } from "./parse-tweets.ts";

/** A call: the tweets of its body, where it comes from, and `?detail=tweet`. */
export function parse(request: FunctionRequest, config: Config): TweetCall {
  request.onlyQuery(["detail"]);
  return {
    detail: queryChoice(request, "detail", ["tweet"]),
    tweets: parseTweets(request, config),
    origin: originOf(request, config),
  };
}
