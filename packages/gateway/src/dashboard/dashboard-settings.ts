import type { ConfigOf } from "@platform/shared/config/config-reader";
import { folder, httpUrls, listOf } from "@platform/shared/config/settings";
import {
  elasticsearchProblems,
  elasticsearchSettings,
} from "@platform/shared/elasticsearch/elasticsearch-settings";
import { kafkaProblems, kafkaSettings } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";

/** What the dashboard shows: the settings are those of the functions. */
export const dashboardSettings = {
  /** Ethereum nodes, with commas; the first that answers is shown. */
  GETH_RPC_ENDPOINT: v.optional(httpUrls()),
  ...elasticsearchSettings,
  ...kafkaSettings,
  /** The accounts whose balances are shown, with commas. */
  ACCOUNTS: v.optional(
    listOf(v.pipe(v.string(), v.regex(/^0x[\da-f]{40}$/i, "must be addresses, with commas"))),
  ),
  /** A file for each secret. */
  SECRETS_DIR: folder("/var/openfaas/secrets"),
};

export type DashboardConfig = ConfigOf<typeof dashboardSettings>;

/** What is wrong with them together. */
export function dashboardProblems(config: DashboardConfig): string[] {
  return [...elasticsearchProblems(config), ...kafkaProblems(config)];
}
