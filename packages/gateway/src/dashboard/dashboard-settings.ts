import type { ConfigOf } from "@platform/shared/config/config-reader";
import { secretsDir } from "@platform/shared/config/function-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import { listOf, nodeUrls } from "@platform/shared/config/settings";
import {
  elasticsearchProblems,
  elasticsearchSettings,
} from "@platform/shared/elasticsearch/elasticsearch-settings";
import { kafkaProblems, kafkaSettings } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";

const hidden = { unset: "not shown" };

/** The services that the dashboard at /ui/ shows; the settings are those of the functions. */
export const dashboardSettings = {
  GETH_RPC_ENDPOINT: setting(
    "Ethereum nodes for the dashboard; it shows the first that answers",
    v.optional(nodeUrls()),
    hidden,
  ),
  ACCOUNTS: setting("accounts whose balances the dashboard shows", v.optional(addresses()), hidden),
  ...elasticsearchSettings,
  ELASTICSEARCH_URL: setting(
    "Elasticsearch for the dashboard",
    elasticsearchSettings.ELASTICSEARCH_URL,
    hidden,
  ),
  ...kafkaSettings,
  KAFKA_BROKERS: setting("brokers of Kafka for the dashboard", kafkaSettings.KAFKA_BROKERS, hidden),
  SECRETS_DIR: secretsDir(),
};

export type DashboardConfig = ConfigOf<typeof dashboardSettings>;

/** What is wrong with them together. */
export function dashboardProblems(config: DashboardConfig): string[] {
  return [...elasticsearchProblems(config), ...kafkaProblems(config)];
}

function addresses() {
  const address = v.pipe(v.string(), v.regex(/^0x[\da-f]{40}$/i, "must be addresses, with commas"));
  return withFacts(listOf(address), { values: "addresses, separated by commas" });
}
