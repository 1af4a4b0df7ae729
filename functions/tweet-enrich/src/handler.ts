import { authenticate } from "@platform/shared/auth/authenticate";
import { defineFunction } from "@platform/shared/function/define-function";
import { readConfig } from "./config.ts";
import { enrich } from "./enrich.ts";
import { parseTweets } from "./parse-tweets.ts";

export = defineFunction({
  name: "tweet-enrich",
  methods: ["POST"],
  readConfig,
  authenticate,
  parse: parseTweets,
  run: (tweets) => tweets.map((tweet) => enrich(tweet, new Date())),
});
