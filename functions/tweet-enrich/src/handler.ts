import { authenticate } from "@platform/shared/auth/authenticate";
import { defineFunction } from "@platform/shared/function/define-function";
import { closeClients, createClients } from "./clients.ts";
import { readConfig } from "./config.ts";
import { enrichTweets } from "./enrich-tweets.ts";
import { originOf } from "./origin.ts";
import { parseTweets } from "./parse-tweets.ts";

export = defineFunction({
  name: "tweet-enrich",
  methods: ["POST"],
  readConfig,
  authenticate,
  connect: createClients,
  close: closeClients,
  parse: (request, config) => ({ tweets: parseTweets(request, config), origin: originOf(request, config) }),
  run: (call, { config, client }) => enrichTweets(call, config, client),
});
