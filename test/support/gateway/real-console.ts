import { type StartedElasticsearch, startElasticsearch } from "../elasticsearch/elasticsearch.ts";
import { type StartedNode, startGethDev } from "../ethereum/geth-dev.ts";
import { type StartedKafka, startKafka } from "../kafka/kafka.ts";
import { putTemplates } from "../kafka/stream.ts";
import { createDisposables } from "../process/disposables.ts";
import { startBrowser } from "./browser.ts";
import type { ConsoleStage } from "./console-stage.ts";
import { startGateway } from "./gateway.ts";

/** A console on a real Kafka, Elasticsearch and Geth. */
export interface RealConsole extends ConsoleStage, AsyncDisposable {
  kafka: StartedKafka;
  elasticsearch: StartedElasticsearch;
  geth: StartedNode;
}

/** Starts all parts, with the topic `twitter` and the index templates. */
export async function startRealConsole(): Promise<RealConsole> {
  const { use, dispose } = createDisposables();
  try {
    const [kafka, elasticsearch, geth] = await Promise.all([
      startKafka().then(use),
      startElasticsearch().then(use),
      startGethDev().then(use),
    ]);
    await Promise.all([kafka.makeTopics(["twitter"]), putTemplates(elasticsearch.url)]);
    const env = {
      KAFKA_BROKERS: kafka.brokers,
      ELASTICSEARCH_URL: elasticsearch.url,
      GETH_RPC_ENDPOINT: geth.url,
      POSTS: "",
    };
    const gateway = use(await startGateway({ env }));
    const browser = await startBrowser();
    use({ [Symbol.asyncDispose]: () => browser.close() });
    return { kafka, elasticsearch, geth, gateway, browser, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
