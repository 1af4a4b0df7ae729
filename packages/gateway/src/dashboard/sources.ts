import { hostOf } from "@platform/shared/clients/peer-error";
import { chainSource } from "./chain-source.ts";
import type { DashboardConfig } from "./dashboard-settings.ts";
import { elasticsearchStore } from "./elasticsearch-store.ts";
import { kafkaSource } from "./kafka-source.ts";
import { sentimentSource } from "./sentiment-source.ts";
import type { Source } from "./source.ts";

/** What the dashboard reads, as the settings say; what is given stands in for one that is not set. */
export function sourcesOf(
  config: DashboardConfig,
  embedded: { chain?: Source; sentiment?: Source } = {},
): Source[] {
  const {
    GETH_RPC_ENDPOINT: nodes,
    ELASTICSEARCH_URL: elasticsearch,
    KAFKA_BROKERS: brokers,
    ACCOUNTS: accounts = [],
  } = config;
  return [
    nodes === undefined
      ? (embedded.chain ?? off("Ethereum", "GETH_RPC_ENDPOINT"))
      : chainSource({
          urls: nodes,
          accounts,
          about: { kind: "real", place: nodes.map(hostOf).join(", ") },
          canSend: false,
        }),
    elasticsearch === undefined
      ? (embedded.sentiment ?? off("Elasticsearch", "ELASTICSEARCH_URL"))
      : sentimentSource(elasticsearchStore(elasticsearch, config), {
          kind: "real",
          place: hostOf(elasticsearch),
        }),
    brokers === undefined
      ? off("Kafka", "KAFKA_BROKERS")
      : kafkaSource({ ...config, KAFKA_BROKERS: brokers }),
  ];
}

/** What the platform does without. */
function off(name: string, setting: string): Source {
  return {
    about: { name, setting, kind: "off", place: "" },
    read: async () => ({ events: {}, note: "" }),
    close: async () => undefined,
  };
}
