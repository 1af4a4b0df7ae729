import { authenticate } from "@platform/shared/auth/authenticate";
import { defineFunction } from "@platform/shared/function/define-function";
import { closeClients, createClients } from "./clients.ts";
import { readConfig } from "./config.ts";
import { enrichTweets } from "./enrich-tweets.ts";
import { addMetrics } from "./metrics.ts";
import { normalizeTweets } from "./normalize-tweets.ts";
import { parse } from "./parse.ts";

export = defineFunction({
  name: "tweet-enrich",
  methods: ["POST"],
  readConfig,
  metrics: addMetrics,
  authenticate,
  connect: createClients,
  close: closeClients,
  parse,
  run: (call, { config, client }) =>
    call.detail === "tweet" ? normalizeTweets(call) : enrichTweets(call, config, client),
});
