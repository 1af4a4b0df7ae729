import { externalElasticsearch, externalKafka } from "./external-services.ts";

/** `it` for tests that kill Kafka: skipped if the service is external. */
export const itKillsKafka = externalKafka() === undefined ? it : it.skip;
/** `it` for tests that kill Elasticsearch: skipped if the service is external. */
export const itKillsElasticsearch = externalElasticsearch() === undefined ? it : it.skip;
