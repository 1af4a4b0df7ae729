import { toHost } from "@platform/shared/clients/peer-error";
import type { ConsoleConfig } from "./console-settings.ts";
import type { DocumentStore } from "./documents/document-store.ts";
import { elasticsearchStore } from "./documents/elasticsearch-store.ts";
import { sentimentSource } from "./documents/sentiment-source.ts";
import { ChainNodes } from "./ethereum/chain-nodes.ts";
import { chainSource } from "./ethereum/chain-source.ts";
import type { EthstatsLinks } from "./ethereum/ethereum-routes.ts";
import { kafkaSource } from "./live/kafka-source.ts";
import type { Source } from "./live/source.ts";
import { createTopicsClient, type TopicsClient } from "./topics/topics-client.ts";

/** The services that the console shows. */
export interface ConsoleServices extends AsyncDisposable {
  /** Polled while a page is open. */
  sources: readonly Source[];
  /** Scored documents; undefined if ELASTICSEARCH_URL is unset and nothing is embedded. */
  documents: DocumentStore | undefined;
  /** Undefined if KAFKA_BROKERS is unset. */
  topics: TopicsClient | undefined;
  /** Ethereum nodes; undefined if GETH_RPC_ENDPOINT is unset and nothing is embedded. */
  chain: ChainNodes | undefined;
  ethstats: EthstatsLinks;
}

/** Embedded services, used when no external service is configured. */
export interface EmbeddedServices {
  chain?: { source: Source; nodes: ChainNodes };
  documents?: { store: DocumentStore; place: string };
}

/** Opens the configured services, or uses the embedded ones. */
export function openConsoleServices(config: ConsoleConfig, embedded: EmbeddedServices = {}): ConsoleServices {
  const {
    GETH_RPC_ENDPOINT: nodes,
    ELASTICSEARCH_URL: elasticsearch,
    KAFKA_BROKERS: brokers,
    ACCOUNTS: accounts = [],
  } = config;
  const documents =
    elasticsearch === undefined ? embedded.documents?.store : elasticsearchStore(elasticsearch, config);
  const chain = nodes === undefined ? embedded.chain : openChain(nodes, accounts);
  const sentiment =
    documents &&
    sentimentSource(
      documents,
      elasticsearch === undefined
        ? { kind: "embedded", place: embedded.documents!.place }
        : { kind: "real", place: toHost(elasticsearch) },
    );
  const kafka = brokers && kafkaSource({ ...config, KAFKA_BROKERS: brokers });
  const sources = [
    chain?.source ?? off("Ethereum", "GETH_RPC_ENDPOINT"),
    sentiment ?? off("Elasticsearch", "ELASTICSEARCH_URL"),
    kafka ?? off("Kafka", "KAFKA_BROKERS"),
  ];
  const topics = brokers && createTopicsClient({ ...config, KAFKA_BROKERS: brokers });
  return {
    sources,
    documents,
    topics,
    chain: chain?.nodes,
    ethstats: { url: config.ETHSTATS_URL, page: config.ETHSTATS_PAGE },
    async [Symbol.asyncDispose]() {
      await Promise.all([...sources.map((source) => source.close()), topics?.[Symbol.asyncDispose]()]);
    },
  };
}

function openChain(urls: readonly string[], accounts: readonly string[]): EmbeddedServices["chain"] {
  const nodes = new ChainNodes(urls);
  const about = { kind: "real", place: urls.map(toHost).join(", ") } as const;
  return { nodes, source: chainSource({ nodes, accounts, about, canSend: false }) };
}

/** A service that is not configured. */
function off(name: string, setting: string): Source {
  return {
    about: { name, setting, kind: "off", place: "" },
    read: async () => ({ events: {}, note: "" }),
    close: async () => undefined,
  };
}
