import { openElasticsearch } from "@platform/shared/elasticsearch/open-elasticsearch";
import type { Config } from "./config.ts";
import type { Metrics } from "./metrics.ts";
import { createEngineScorer } from "./scoring/engine-scorer.ts";
import { functionScorer } from "./scoring/function-scorer.ts";
import type { Scorer } from "./scoring/scorer.ts";
import { createElasticsearchSink, type ElasticsearchSink } from "./sinks/elasticsearch-sink.ts";
import { createKafkaSink, type KafkaSink } from "./sinks/kafka-sink.ts";

/** The clients of the function; a sink without a setting is undefined. */
export interface Clients {
  scorer: Scorer;
  elasticsearch: ElasticsearchSink | undefined;
  kafka: KafkaSink | undefined;
}

/** Creates the configured clients; each connects when it is first needed. */
export function createClients(config: Config, metrics: Metrics): Clients {
  const { SENTIMENT_URL: sentiment, ELASTICSEARCH_URL: node, KAFKA_BROKERS: brokers } = config;
  return {
    scorer: sentiment === undefined ? createEngineScorer(metrics) : functionScorer(sentiment, metrics),
    elasticsearch:
      node === undefined
        ? undefined
        : createElasticsearchSink({
            node,
            open: () => openElasticsearch(node, config),
            timeLimitMs: config.ENRICH_TIMEOUT,
            metrics,
          }),
    kafka: brokers === undefined ? undefined : createKafkaSink(config, metrics),
  };
}

export async function closeClients({ scorer, elasticsearch, kafka }: Clients): Promise<void> {
  scorer.close();
  await Promise.all([elasticsearch?.close(), kafka?.close()]);
}
