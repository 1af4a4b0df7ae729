import { configReader } from "@platform/shared/config/config-reader";
import { setting } from "@platform/shared/config/setting";
import { flag, folder, integer } from "@platform/shared/config/settings";
import { tracingSettings } from "@platform/shared/telemetry/tracing-settings";
import * as v from "valibot";
import { dashboardProblems, dashboardSettings } from "../dashboard/dashboard-settings.ts";
import { callbackHosts } from "../http/callback-hosts.ts";
import { corsOrigins } from "../http/cors.ts";

/** The settings of the local gateway. */
export const localSettings = {
  PORT: setting(
    "port that it listens on; 0 picks a free one",
    integer({ fallback: 8080, min: 0, max: 65_535 }),
  ),
  HOST: setting("address that it listens on", v.optional(v.string(), "127.0.0.1")),
  STACK: setting("stack file with the functions", v.optional(v.string(), "stack.yml")),
  CALLBACK_HOSTS: callbackHosts(),
  CORS_ORIGINS: corsOrigins(),
  DATA_DIR: setting("folder of the embedded store, and of asynchronous calls that wait", folder(".data")),
  POSTS: setting("replay invented posts into the embedded store", flag(true)),
  INSPECT: setting("function whose debugger (Node.js inspector) is open", v.optional(v.string()), {
    unset: "none",
  }),
  ...dashboardSettings,
  SECRETS_DIR: setting("folder with a file for each secret", folder(".secrets")),
  GETH_RPC_ENDPOINT: setting(
    "Ethereum nodes for last-block and the dashboard",
    dashboardSettings.GETH_RPC_ENDPOINT,
    { unset: "an embedded chain (anvil)" },
  ),
  ACCOUNTS: setting("accounts whose balances the dashboard shows", dashboardSettings.ACCOUNTS, {
    unset: "those of the embedded chain",
  }),
  ELASTICSEARCH_URL: setting(
    "Elasticsearch for tweet-enrich and the dashboard",
    dashboardSettings.ELASTICSEARCH_URL,
    { unset: "an embedded store" },
  ),
  KAFKA_BROKERS: setting(
    "brokers of Kafka for tweet-enrich and the dashboard",
    dashboardSettings.KAFKA_BROKERS,
    {
      unset: "no Kafka",
    },
  ),
  ...tracingSettings,
};

/** Reads them. */
export const readLocalConfig = configReader(localSettings, dashboardProblems);
