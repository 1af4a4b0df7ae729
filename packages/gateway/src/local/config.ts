import { feedChoice } from "@platform/feeds/feed-choice";
import { feedSettings } from "@platform/feeds/feed-settings";
import { configReader } from "@platform/shared/config/config-reader";
import { setting } from "@platform/shared/config/setting";
import { flag, folder, integer } from "@platform/shared/config/settings";
import { tracingSettings } from "@platform/shared/telemetry/tracing-settings";
import * as v from "valibot";
import { consoleProblems, consoleSettings } from "../console/console-settings.ts";
import { callbackHosts } from "../http/callback-hosts.ts";
import { corsOrigins } from "../http/cors.ts";

/** The settings of the local gateway. */
export const localSettings = {
  PORT: setting(
    "port that it listens on; 0 picks a free one",
    integer({ fallback: 8080, min: 0, max: 65_535 }),
  ),
  HOST: setting(
    "address that it listens on; beyond loopback, all but calls of functions requires a login",
    v.optional(v.string(), "127.0.0.1"),
  ),
  STACK: setting("stack file with the functions", v.optional(v.string(), "stack.yml")),
  CALLBACK_HOSTS: callbackHosts(),
  CORS_ORIGINS: corsOrigins(),
  DATA_DIR: setting("folder of the embedded store, and of asynchronous calls that wait", folder(".data")),
  POSTS: setting("replay invented posts into the embedded store", flag(true)),
  LIVE: setting(
    "live posts that are sent through tweet-enrich instead of invented ones",
    v.optional(feedChoice()),
    { unset: "no live posts" },
  ),
  ...feedSettings,
  INSPECT: setting("function whose debugger (Node.js inspector) is open", v.optional(v.string()), {
    unset: "none",
  }),
  ...consoleSettings,
  UI_READ_ONLY: setting("whether the console is read-only: changes get 403", consoleSettings.UI_READ_ONLY, {
    unset: "`false` on loopback, else `true`",
  }),
  SECRETS_DIR: setting("folder with a file for each secret", folder(".secrets")),
  GETH_RPC_ENDPOINT: setting(
    "Ethereum nodes for last-block and the console",
    consoleSettings.GETH_RPC_ENDPOINT,
    { unset: "an embedded chain (anvil)" },
  ),
  ACCOUNTS: setting("accounts whose balances the console shows", consoleSettings.ACCOUNTS, {
    unset: "those of the embedded chain",
  }),
  ELASTICSEARCH_URL: setting(
    "Elasticsearch for tweet-enrich and the console",
    consoleSettings.ELASTICSEARCH_URL,
    { unset: "an embedded store" },
  ),
  KAFKA_BROKERS: setting("brokers of Kafka for tweet-enrich and the console", consoleSettings.KAFKA_BROKERS, {
    unset: "no Kafka",
  }),
  ...tracingSettings,
};

/** Reads the settings. */
export const readLocalConfig = configReader(localSettings, consoleProblems);
