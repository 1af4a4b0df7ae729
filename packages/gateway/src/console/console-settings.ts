import type { InferConfig } from "@platform/shared/config/config-reader";
import { secretsDir } from "@platform/shared/config/function-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import { flag, httpUrl, list, nodeUrls } from "@platform/shared/config/settings";
import {
  elasticsearchProblems,
  elasticsearchSettings,
} from "@platform/shared/elasticsearch/elasticsearch-settings";
import { kafkaProblems, kafkaSettings } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";

const hidden = { unset: "not shown" };

/** The services that the console at /ui/ shows; the settings are those of the functions. */
export const consoleSettings = {
  GETH_RPC_ENDPOINT: setting(
    "Ethereum nodes for the console; it shows the first that answers",
    v.optional(nodeUrls()),
    hidden,
  ),
  ACCOUNTS: setting("accounts whose balances the console shows", v.optional(addresses()), hidden),
  ETHSTATS_URL: setting("Ethstats server whose nodes the console shows", v.optional(httpUrl()), hidden),
  ETHSTATS_PAGE: setting("page of that Ethstats server, for links in the console", v.optional(httpUrl()), {
    unset: "no link",
  }),
  ...elasticsearchSettings,
  ELASTICSEARCH_URL: setting(
    "Elasticsearch for the console",
    elasticsearchSettings.ELASTICSEARCH_URL,
    hidden,
  ),
  ...kafkaSettings,
  KAFKA_BROKERS: setting("brokers of Kafka for the console", kafkaSettings.KAFKA_BROKERS, hidden),
  UI_READ_ONLY: setting("whether the console is read-only: changes get 403", optionalFlag()),
  SECRETS_DIR: secretsDir(),
};

export type ConsoleConfig = InferConfig<typeof consoleSettings>;

/** Checks rules across settings. */
export function consoleProblems(config: ConsoleConfig): string[] {
  return [...elasticsearchProblems(config), ...kafkaProblems(config)];
}

/** `true` or `false`; unset: the gateway decides. */
function optionalFlag() {
  return withFacts(v.optional(flag().wrapped), { values: "true or false" });
}

function addresses() {
  const address = v.pipe(v.string(), v.regex(/^0x[\da-f]{40}$/i, "must be addresses, with commas"));
  return withFacts(list(address), { values: "addresses, separated by commas" });
}
